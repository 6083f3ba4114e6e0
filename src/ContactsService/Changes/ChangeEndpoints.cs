using System.Diagnostics;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>Routes of /changes.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder app)
    {
        var changes = app.MapGroup("/changes").WithTags("Changes").WithMetadata(new WaitsForCaller(), new InScope(ScopeAreas.Contacts));
        changes.MapGet("", ReadAsync).Named("listChanges").WithMetadata([.. ChangeQuery.Parameters])
            .Produces<ChangeList>(200).Problems(400, 401, 406, 410, 429, 503);
        changes.MapGet("/stream", StreamAsync).Named("streamChanges").WithMetadata(ChangeQuery.SinceParameter, new AnswersEventStream())
            .Produces<string>(200, AnswersEventStream.MediaType).Problems(400, 401, 406, 410, 429, 503);
    }

    /// <summary>Reads what changed after a token</summary>
    /// <remarks>
    /// Each contact and group that you can see and that changed, as it is now; <c>delete</c> for what you cannot see any more.
    /// Without <c>since</c> it begins with everything there is: ask again with <c>nextToken</c> while <c>more</c> is true, and you have a
    /// copy; ask later with the last token, and you have what changed. With <c>wait</c>, an answer without changes comes only when the
    /// time is over.
    /// </remarks>
    private static async Task<Answer> ReadAsync(
        HttpContext http, Caller caller, ChangeReader reader, ChangeWatcher watcher, ServiceKeys serviceKeys,
        CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        var size = ChangeQuery.ReadPageSize(query);
        var wait = ChangeQuery.ReadWait(query);
        var since = ListQuery.One(query, ChangeQuery.Since);
        var keys = await serviceKeys.FindAsync(cancellationToken);
        if (since == ChangeQuery.Now)
        {
            return new ChangePage(caller, await reader.FindEndAsync(caller, cancellationToken), size).ToAnswer(keys);
        }

        var position = since is null ? null : ChangeQuery.ReadToken(keys, caller, ChangeQuery.Since, since);
        var page = await reader.ReadAsync(caller, position, size, cancellationToken);
        if (wait is { } limit && page.IsEmpty)
        {
            using var watch = watcher.Watch(caller, http.Features.Get<KnownToken>());
            page = await WaitAsync(http, caller, reader, watch, page, size, limit, cancellationToken);
            await watcher.CheckAccessAsync(watch, cancellationToken);
            watch.RequireAccess();
        }

        return page.ToAnswer(keys);
    }

    // What changed may be nothing that the caller sees.
    private static async Task<ChangePage> WaitAsync(
        HttpContext http, Caller caller, ChangeReader reader, ChangeWatch watch, ChangePage page, int size, TimeSpan limit,
        CancellationToken cancellationToken)
    {
        var deadline = http.Features.Get<RequestDeadline>();
        for (var begin = Stopwatch.GetTimestamp(); page.IsEmpty;)
        {
            var rest = limit - Stopwatch.GetElapsedTime(begin);
            deadline?.Pause();
            if (rest <= TimeSpan.Zero || !await watch.WaitAsync(page.Position, rest, cancellationToken))
            {
                return page;
            }

            deadline?.Restart();
            page = await reader.ReadAsync(caller, page.Position, size, cancellationToken);
        }

        return page;
    }

    /// <summary>Streams what changes after a token</summary>
    /// <remarks>
    /// The same as GET /changes as Server-Sent Events, for as long as you read: each change is an event <c>change</c>, whose data is the
    /// change and whose id is the token after it. After a disconnection, send the last id as <c>Last-Event-ID</c>, as browsers do: it
    /// wins over <c>since</c>.
    /// </remarks>
    private static async Task<IResult> StreamAsync(
        HttpContext http, Caller caller, ChangeReader reader, ChangeStream stream, ServiceKeys serviceKeys,
        CancellationToken cancellationToken)
    {
        var (name, since) = ChangeQuery.ReadStart(http.Request);
        var keys = await serviceKeys.FindAsync(cancellationToken);
        var position = since is null ? null
            : since == ChangeQuery.Now ? await reader.FindEndAsync(caller, cancellationToken)
            : ChangeQuery.ReadToken(keys, caller, name, since);
        var page = await stream.BeginAsync(caller, position, cancellationToken);
        await stream.SendAsync(http, caller, page, since == ChangeQuery.Now ? ChangeToken.Write(keys, caller, position!) : null);
        return Results.Empty;
    }
}
