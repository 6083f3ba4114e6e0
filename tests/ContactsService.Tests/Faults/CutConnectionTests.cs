using System.Text;
using Npgsql;

namespace ContactsService.Tests.Faults;

/// <summary>Every write of every API, with its connection cut at the first step, at the second, and so on until the write passes.</summary>
[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class CutConnectionTests
{
    private const int MaxSteps = 200;
    private const int AllSteps = 8;
    private const string Members = "/groups/{groupId}/members";

    // What a write may store.
    private static readonly string[] Tables =
    [
        "book", "contact", "contact_group", "tombstone", "api_token", "directory_user", "organization_setting", "webhook",
    ];

    [Fact]
    public async Task Is_503_or_done_and_a_repetition_doubles_nothing()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var proxy = new CuttingProxy(server.Socket);
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] =
                $"Host=127.0.0.1;Port={proxy.Port};Username=contacts;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable",
        });
        using var http = new HttpClient { BaseAddress = new(service.Address), Timeout = TimeSpan.FromSeconds(60) };
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var failures = new StringBuilder();
        foreach (var write in await WritesAsync(http))
        {
            var run = new Run(database, proxy, http, write);
            var whole = await run.WholeAsync();
            var step = 1;
            while (step <= MaxSteps && await run.CutAtAsync(step, whole, failures))
            {
                step += step < AllSteps ? 1 : 2; // long writes repeat themselves
            }

            Assert.InRange(step, 2, MaxSteps);
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    // The SCIM API has two prefixes, and searches of it are POST.
    private static async Task<List<EveryRequest>> WritesAsync(HttpClient http)
    {
        var writes = (await EveryRequest.TemplatesAsync(http))
            .Where(request => request.Method != HttpMethod.Get && !request.Path.StartsWith("/identity/", StringComparison.Ordinal)
                && !request.Path.EndsWith("/.search", StringComparison.Ordinal))
            .Select(request => request.Path switch
            {
                Members => request with { Body = """{"add":["{contactId}"]}""" },
                "/tokens" when request.Method == HttpMethod.Delete => request with { Path = "/tokens?user=joe" },
                _ => request,
            })
            .ToList();
        Assert.True(writes.Count >= 30, "The writes are not found.");
        return writes;
    }

    private sealed record Outcome(int Status, string Stored);

    // Each attempt has an organization of its own, so that all store the same.
    private sealed class Run(NpgsqlDataSource database, CuttingProxy proxy, HttpClient http, EveryRequest template)
    {
        /// <summary>What the write does when nothing is cut.</summary>
        public async Task<Outcome> WholeAsync()
        {
            var (admin, request) = await PrepareAsync();
            var reply = await SendAsync(request, admin);
            Assert.True((int)reply.Status < 300, $"{request} is no good request: {reply.Text}");
            return new((int)reply.Status, await StoredAsync(admin));
        }

        /// <summary>Cuts a connection at a step of the write.</summary>
        /// <returns>False when the write has fewer steps.</returns>
        public async Task<bool> CutAtAsync(int step, Outcome whole, StringBuilder failures)
        {
            var (admin, request) = await PrepareAsync();
            var before = await StoredAsync(admin);
            proxy.CutAt(step);
            var reply = await SendAsync(request, admin);
            var wasCut = proxy.HasCut;
            proxy.Spare();
            if ((int)reply.Status == 503)
            {
                request.ShouldBeRefused(reply);
                Assert.Contains(await StoredAsync(admin), (string[])[before, whole.Stored]);
                if (request.Method != HttpMethod.Post)
                {
                    return wasCut;
                }

                await ClearPoolAsync(admin);
                reply = await SendAsync(request, admin);
            }

            if (new Outcome((int)reply.Status, await StoredAsync(admin)) is var outcome && outcome != whole)
            {
                failures.AppendLine($"{template}, step {step}: {outcome} instead of {whole}; {reply.Text}");
            }

            return wasCut;
        }

        private async Task<(Person Admin, EveryRequest Request)> PrepareAsync()
        {
            proxy.Spare();
            var admin = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "admin");
            await ClearPoolAsync(admin);
            var request = await template.FillAsync(admin);
            if (template.Method == HttpMethod.Delete && template.Path.StartsWith(Members, StringComparison.Ordinal))
            {
                (await admin.PutAsync(request.Path)).ShouldBe(204);
            }

            return (admin, request);
        }

        private static Task<Reply> SendAsync(EveryRequest request, Person admin) => request.SendAsync(admin, ("Idempotency-Key", "key"));

        // A search passes on a dead connection, and clears the pool of the others.
        private static async Task ClearPoolAsync(Person admin) => (await admin.GetAsync("/contacts?q=nobody")).ShouldBe(200);

        private async Task<string> StoredAsync(Person admin)
        {
            var counts = Tables.Select(table => $"(SELECT count(*) FROM {table} WHERE organization = $1)");
            await using var count = database.CreateCommand(
                $"SELECT concat_ws(' ', {string.Join(", ", counts)}, (SELECT sum(revision) FROM book WHERE organization = $1))");
            count.Parameters.Add(new() { Value = admin.Organization });
            return (string)(await count.ExecuteScalarAsync())!;
        }
    }
}
