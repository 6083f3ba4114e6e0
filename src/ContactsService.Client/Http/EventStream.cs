using System.Net.ServerSentEvents;

namespace ContactsService.Client;

/// <summary>
/// Server-Sent Events of a response (https://html.spec.whatwg.org/multipage/server-sent-events.html), each with its id. Events without an
/// id are ignored: nobody could resume after them.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly LiveStream body;
    private readonly IAsyncEnumerator<SseItem<byte[]>> events;

    /// <summary>Begins to read. The body is disposed with the events.</summary>
    public EventStream(Stream body, TimeProvider clock, CancellationToken cancellationToken)
    {
        this.body = new LiveStream(body, clock);
        events = SseParser.Create(this.body, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>
    /// Returns the data and the id of the next event of a type; null when the stream has ended, as it does when the connection is lost.
    /// </summary>
    public async Task<(byte[] Data, string Id)?> NextAsync(string type)
    {
        try
        {
            while (await events.MoveNextAsync().ConfigureAwait(false))
            {
                if (events.Current is { EventId: { Length: > 0 } id } item && item.EventType == type)
                {
                    return (item.Data, id);
                }
            }
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException)
        {
            // The caller opens another one.
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync().ConfigureAwait(false);
        await body.DisposeAsync().ConfigureAwait(false);
    }
}
