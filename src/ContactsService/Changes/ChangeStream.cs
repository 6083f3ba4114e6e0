using System.Buffers;
using System.Text;
using ContactsService.Access;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace ContactsService.Changes;

/// <summary>
/// Changes as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html), as long as the caller reads. Not by
/// TypedResults.ServerSentEvents: that has no comments, and sends each event by itself.
/// </summary>
internal sealed class ChangeStream(ChangeReader reader, ChangeWatcher watcher, ServiceKeys serviceKeys)
{
    private const int PageSize = 200;

    private static readonly TimeSpan CommentInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Reads the first changes, so that a failure of that is answered as a problem.</summary>
    public Task<ChangePage> BeginAsync(Caller caller, ChangePosition? since, CancellationToken cancellationToken) =>
        reader.ReadAsync(caller, since, PageSize, cancellationToken);

    /// <summary>Sends the first changes and all that follow, until the caller disconnects or has to end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="page">The first changes.</param>
    /// <param name="token">The token before them when the caller does not know it; null otherwise.</param>
    public async Task SendAsync(HttpContext http, Caller caller, ChangePage page, string? token)
    {
        using var watch = watcher.Watch(caller, http.Features.Get<KnownToken>());
        var deadline = http.Features.Get<RequestDeadline>();
        deadline?.Pause();
        if (deadline?.TryAnswer() == false)
        {
            return; // the deadline has answered
        }

        var response = http.Response;
        response.ContentType = AnswersEventStream.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx passes on what comes at once
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (http.Features.Get<HeadRequest>() is not null)
        {
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, watch.Ended);
        try
        {
            // An id without data is remembered by the client, and gives its program no event.
            await WriteAsync(response, token is null ? ":\n\n" : $"id: {token}\n\n", end.Token);
            while (true)
            {
                await WriteAsync(response, caller, page, end.Token);
                if (!page.HasMore && !await WaitAsync(http, watch, page.Position))
                {
                    return;
                }

                page = await ReadAsync(caller, watch, page, end.Token);
                end.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            http.Abort(); // in the middle of an event
        }
    }

    // Comments keep proxies from closing the connection, and show when it is lost.
    private static async Task<bool> WaitAsync(HttpContext http, ChangeWatch watch, ChangePosition position)
    {
        while (!await watch.WaitAsync(position, CommentInterval, http.RequestAborted))
        {
            if (watch.Ended.IsCancellationRequested)
            {
                return false;
            }

            await WriteAsync(http.Response, ":\n\n", http.RequestAborted);
        }

        return true;
    }

    private async Task<ChangePage> ReadAsync(Caller caller, ChangeWatch watch, ChangePage page, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var next = await reader.ReadAsync(caller, page.Position, PageSize, cancellationToken);
                await watcher.CheckAccessAsync(watch, cancellationToken);
                return next;
            }
            catch (Exception failure) when (failure is PoolShareException || DatabaseFailure.IsUnavailable(failure))
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(HttpResponse response, Caller caller, ChangePage page, CancellationToken cancellationToken)
    {
        var output = response.BodyWriter;
        if (page.Count > 0)
        {
            var keys = await serviceKeys.FindAsync(cancellationToken);
            foreach (var (json, position) in page.Changes())
            {
                output.Write("event: change\nid: "u8);
                Encoding.ASCII.GetBytes(ChangeToken.Write(keys, caller, position), output);
                output.Write("\ndata: "u8);
                output.Write(json.Span);
                output.Write("\n\n"u8);
            }

            ChangeMetrics.Sent.Add(page.Count);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        Encoding.ASCII.GetBytes(text, response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
