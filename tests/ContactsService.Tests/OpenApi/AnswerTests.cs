using System.Text.Json.Nodes;

namespace ContactsService.Tests.OpenApi;

/// <summary>Every operation of every document, sent with good and bad requests: the answers are what the documents say.</summary>
public class AnswerTests(Service service)
{
    private const string Unknown = "00000000-0000-7000-8000-000000000000";

    [Theory]
    [InlineData("native")]
    [InlineData("webex")]
    [InlineData("genesys")]
    [InlineData("scim")]
    public async Task Are_as_the_document_describes_them(string document)
    {
        using var http = service.NewClient();
        var contract = new ApiContract(JsonNode.Parse(await http.GetStringAsync($"/openapi/{document}.json"))!);
        var admin = await service.AdminAsync();
        var agent = await service.PersonAsync(admin.Organization, "ann", "agent");
        var stranger = new Person(http, admin.Organization, "nobody", "not-a-token");

        await GoodRequests.SendAsync(document, contract, admin, agent);
        foreach (var operation in contract.Operations.Values)
        {
            await SendBadAsync(contract, operation, admin, agent, stranger);
        }

        Assert.Empty(contract.Violations);
        var described = contract.Operations.Values
            .SelectMany(operation => operation.Responses.AsObject().Select(response => (operation.Id, Status: response.Key)))
            .Where(answer => answer.Status[0] is '2' or '3')
            .ToList();
        Assert.All(described, answer => Assert.Contains(answer, contract.Answered));
    }

    private static async Task SendBadAsync(ApiContract contract, ApiOperation operation, Person admin, Person agent, Person stranger)
    {
        string[] path = [.. operation.PathParameters.Select(name => name == "orgId" ? admin.Organization : Unknown)];
        var body = operation.RequestSchema is null ? null : "{}";
        Task<Reply> Send(
            Person person, string query = "", string? with = null, string? mediaType = null, params (string, string)[] headers) =>
            contract.SendAsync(operation.Id, person, path, query, with ?? body, mediaType, headers);

        if (!operation.IsOpen)
        {
            (await Send(stranger)).ShouldBe(401);
        }

        (await Send(admin, headers: ("Accept", "image/png"))).ShouldBe(406);
        (await Send(admin, "?nonsense=1")).ShouldBe(400);
        await Send(admin, "?filter=x");
        await Send(admin);
        await Send(agent);
        await Send(agent, headers: ("Accept", "application/json"));
        if (body is not null)
        {
            (await Send(admin, with: "{")).ShouldBe(400);
            (await Send(admin, mediaType: "text/plain")).ShouldBe(415);
            await Send(admin, with: new string(' ', 1_100_000), headers: ("Expect", "100-continue"));
        }

        if (operation.Parameters.Contains("If-Match", StringComparer.Ordinal))
        {
            await Send(admin, headers: ("If-Match", "no ETag"));
            await Send(admin, headers: ("If-Match", "\"x-1\""));
        }

        if (operation.Parameters.Contains("Idempotency-Key", StringComparer.Ordinal))
        {
            (await Send(admin, headers: ("Idempotency-Key", new string('k', 256)))).ShouldBe(400);
        }
    }
}
