using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>Routes of /changes.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder app)
    {
        var changes = app.MapGroup("/changes").WithTags("Changes");
        changes.MapGet("", ReadAsync).Named("listChanges").WithMetadata([.. ChangeQuery.Parameters])
            .Produces<ChangeList>(200).Problems(400, 401, 406, 410, 429, 503);
    }

    /// <summary>Reads what changed after a token</summary>
    /// <remarks>
    /// Each contact and group that you can see and that changed, as it is now; <c>delete</c> for what you cannot see any more.
    /// Without <c>since</c> it begins with everything there is: ask again with <c>nextToken</c> while <c>more</c> is true, and you have a
    /// copy; ask later with the last token, and you have what changed.
    /// </remarks>
    private static async Task<Answer> ReadAsync(
        HttpContext http, Caller caller, ChangeReader reader, ServiceKeys serviceKeys, CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        var size = ChangeQuery.ReadPageSize(query);
        var since = ListQuery.One(query, ChangeQuery.Since);
        var keys = await serviceKeys.FindAsync(cancellationToken);
        if (since == ChangeQuery.Now)
        {
            return new ChangePage(caller, await reader.FindEndAsync(caller, cancellationToken), size).ToAnswer(keys);
        }

        var position = since is null ? null : ChangeQuery.ReadToken(keys, caller, ChangeQuery.Since, since);
        var page = await reader.ReadAsync(caller, position, size, cancellationToken);
        return page.ToAnswer(keys);
    }
}
