using ContactsService.Tests.Genesys;
using ContactsService.Tests.Scim;

namespace ContactsService.Tests.Faults;

/// <summary>
/// One request of every operation that needs the database, each of them right: the operations come from the OpenAPI documents.
/// </summary>
internal sealed record EveryRequest(HttpMethod Method, string Path, string? Body = null, string MediaType = "application/json")
{
    // Answered from memory, at least to a caller whose token is known.
    private static readonly string[] WithoutDatabase =
        ["/health/", "/api/v2/diagnostics/", "/api/v2/me", "/ServiceProviderConfig", "/ResourceTypes", "/Schemas"];

    // Ends only with its caller: WaitingTests has it.
    private const string Stream = "/changes/stream";

    private const string ContactId = "{contactId}";

    // What the documents have no examples of.
    private static readonly EveryRequest[] Filtered =
    [
        new(HttpMethod.Get, "/contacts?displayName[startsWith]=j&sort=-lastModified"),
        new(HttpMethod.Get, "/contacts?caller=%2B15550100199"),
        new(HttpMethod.Get, "/api/v2/contacts?type=Custom&filterName=NamesOrPhoneNumberMatches&filterParameters=j*"),
    ];

    /// <summary>Makes what the requests are about, and the requests.</summary>
    public static async Task<IReadOnlyList<EveryRequest>> PrepareAsync(HttpClient http, Person admin)
    {
        List<EveryRequest> requests = [.. Filtered];
        foreach (var operation in await TemplatesAsync(http))
        {
            requests.Add(await operation.FillAsync(admin));
        }

        return requests;
    }

    /// <summary>The same as the documents have them: with names in braces for the ids in their paths.</summary>
    public static async Task<IReadOnlyList<EveryRequest>> TemplatesAsync(HttpClient http) =>
    [
        .. (await ApiDocument.OperationsAsync(http))
            .Where(operation => operation.Path != Stream
                && !Array.Exists(WithoutDatabase, path => operation.Path.Contains(path, StringComparison.Ordinal)))
            .Select(operation => new EveryRequest(
                operation.Method, operation.Path, operation.Body, operation.MediaType ?? "application/json")),
    ];

    /// <summary>Makes what the names in braces stand for.</summary>
    public async Task<EveryRequest> FillAsync(Person admin) => this with
    {
        Path = await FillAsync(admin, Path),
        Body = Body is not null && Body.Contains(ContactId, StringComparison.Ordinal) ? await FillAsync(admin, Body) : Body,
    };

    /// <summary>Sends it.</summary>
    public Task<Reply> SendAsync(Person caller, params (string Name, string Value)[] headers) =>
        caller.SendAsync(Method, Path, Body, headers, MediaType);

    /// <summary>Demands the answer to a lost database, in the shape of the API.</summary>
    public void ShouldBeRefused(Reply reply)
    {
        if (Path.StartsWith("/api/v2/", StringComparison.Ordinal))
        {
            reply.ShouldFail(503, 4);
        }
        else if (Path.Contains("/scim/", StringComparison.Ordinal))
        {
            reply.ShouldBeScimError(503);
        }
        else
        {
            reply.ShouldBeProblem(503, "unavailable");
        }

        Assert.Matches("^[1-9][0-9]*$", reply.Headers["Retry-After"]);
    }

    public override string ToString() => $"{Method} {Path}";

    // Something new for each request, since some of them delete it.
    private static async Task<string> FillAsync(Person admin, string path)
    {
        var unique = Guid.NewGuid().ToString("N");
        foreach (var (name, makeAsync) in new (string, Func<Task<string>>)[]
        {
            ("{orgId}", () => Task.FromResult(admin.Organization)),
            (ContactId, () =>
                path.StartsWith("/api/v2/", StringComparison.Ordinal) ? admin.AddCustomAsync(unique) : admin.AddContactAsync(unique)),
            ("{groupId}", () => admin.AddGroupAsync(unique)),
            ("{queueId}", async () => (await admin.PostAsync("/queues", $$"""{"name":"{{unique}}"}""")).ShouldBe(201).Value("queueId")),
            ("{webhookId}", async () => (await admin.PostAsync("/webhooks", $$"""{"url":"https://{{unique}}.invalid/"}""")).ShouldBe(201)
                .Value("webhookId")),
            ("{userId}", async () => (await admin.AddUserAsync(unique)).Value("id")),
            ("{tokenId}", async () =>
                (await admin.PostAsync("/tokens", """{"user":"ben","role":"agent"}""")).ShouldBe(201).Value("tokenId")),
        })
        {
            if (path.Contains(name, StringComparison.Ordinal))
            {
                path = path.Replace(name, await makeAsync(), StringComparison.Ordinal);
            }
        }

        return path.Contains("/{", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"Nothing is known to put into {path}.")
            : path;
    }
}
