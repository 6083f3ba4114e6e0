using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ContactsService.Client;

/// <summary>
/// The operations of <c>/changes</c>: first copy and later update in one loop. Safe for any number of threads. Besides the documented
/// exceptions, all methods throw <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when
/// there is no response, and <see cref="JsonException"/> when the response cannot be read. Sequences can be started again
/// with the last token that they gave: nothing is missed.
/// </summary>
public sealed class ChangeCalls
{
    private const string Changes = "changes";
    private const string Now = "now";

    // Below the limits of usual proxies, which close silent requests after a minute.
    private static readonly TimeSpan FollowWait = TimeSpan.FromSeconds(30);

    private readonly Exchange exchange;

    internal ChangeCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Returns the token of this moment, to read only what changes later.</summary>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken = default) =>
        (await GetPageAsync(Now, cancellationToken: cancellationToken).ConfigureAwait(false)).NextToken;

    /// <summary>Returns a page of what changed after a token.</summary>
    /// <param name="since">The token; null to begin with everything there is.</param>
    /// <param name="pageSize">The maximum number of changes, 1 to 1000; null for 100.</param>
    /// <param name="wait">
    /// How long to wait for a change when there is none, 1 to 60 seconds, rounded up to whole ones; null not to wait. It must be shorter
    /// than the <see cref="HttpClient.Timeout"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException">
    /// <c>token-expired</c> (<see cref="ProblemException.IsTokenExpired"/>): deletions after the token are no longer known;
    /// <c>invalid-change-token</c>: the token is not yours; <c>invalid-filter</c>: a number is out of its range.
    /// </exception>
    public async Task<ChangePage> GetPageAsync(
        string? since = null, int? pageSize = null, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        var address = Address(Changes, ("since", since), ("pageSize", Text(pageSize)), ("wait", Text(Seconds(wait))));
        var reply = await exchange.SendAsync(new(HttpMethod.Get, address) { Wait = wait ?? default }, cancellationToken)
            .ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.ChangePage);
    }

    /// <summary>
    /// Returns what changed after a token, page by page, and ends when you have everything up to this moment. Without a token, this is a
    /// copy of everything that is visible to you.
    /// </summary>
    /// <param name="since">The token; null to begin with everything there is.</param>
    /// <param name="pageSize">The maximum number of changes of a page, 1 to 1000; null for 100.</param>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ProblemException"><c>token-expired</c>, <c>invalid-change-token</c>, <c>invalid-filter</c>.</exception>
    public async IAsyncEnumerable<ChangePage> GetPagesAsync(
        string? since = null, int? pageSize = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChangePage page;
        do
        {
            page = await GetPageAsync(since, pageSize, cancellationToken: cancellationToken).ConfigureAwait(false);
            since = page.NextToken;
            yield return page;
        }
        while (page.More);
    }

    /// <summary>
    /// Returns what changed after a token, page by page, and then every further page as soon as there are changes. It ends only by an
    /// exception. After half a minute without changes there is an empty page.
    /// </summary>
    /// <param name="since">The token; null to begin with everything there is.</param>
    /// <param name="pageSize">The maximum number of changes of a page, 1 to 1000; null for 100.</param>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ProblemException">
    /// <c>token-expired</c>, <c>invalid-change-token</c>, <c>invalid-filter</c>; <c>unauthenticated</c>: your token has ended.
    /// </exception>
    public async IAsyncEnumerable<ChangePage> FollowAsync(
        string? since = null, int? pageSize = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TimeSpan? wait = null;
        while (true)
        {
            var page = await GetPageAsync(since, pageSize, wait, cancellationToken).ConfigureAwait(false);
            since = page.NextToken;
            wait = page.More ? null : exchange.MaxWait(FollowWait);
            yield return page;
        }
    }

    /// <summary>
    /// Returns each change after a token, and then every further change as soon as it happens, over one connection (Server-Sent Events). A
    /// lost connection is opened again. It ends only by an exception.
    /// </summary>
    /// <param name="since">The token; null to begin with everything there is.</param>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ProblemException">
    /// <c>token-expired</c>, <c>invalid-change-token</c>; <c>unauthenticated</c>: your token has ended.
    /// </exception>
    public async IAsyncEnumerable<ChangeEvent> StreamAsync(
        string? since = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A connection that is lost before the first change must not begin at a later moment again.
        var token = since == Now ? await GetTokenAsync(cancellationToken).ConfigureAwait(false) : since;
        for (var losses = 0; ; losses++)
        {
            var call = new Call(HttpMethod.Get, Address($"{Changes}/stream", ("since", token)));
            var events = await exchange.OpenAsync(call, cancellationToken).ConfigureAwait(false);
            await using (events.ConfigureAwait(false))
            {
                while (await events.NextAsync("change").ConfigureAwait(false) is var (data, id))
                {
                    yield return new(Read(data), token = id);
                    losses = 0;
                }
            }

            await exchange.PauseAsync(losses, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Change Read(byte[] data) =>
        JsonSerializer.Deserialize(data, ClientJson.Wire.Change) ?? throw new JsonException("The service sent null.");

    private static string Address(string path, params IEnumerable<(string Name, string? Value)> parameters) =>
        ListQuery.Address(path, [], parameters);

    private static int? Seconds(TimeSpan? wait) => wait is { } time ? (int)Math.Ceiling(time.TotalSeconds) : null;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
