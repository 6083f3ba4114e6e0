using ContactsService.Tests.Scim;
using Npgsql;

namespace ContactsService.Tests.Storage;

[Trait("Speed", "Slow")]
public class DatabaseRoleTests
{
    // As docs/operating.md has it.
    private const string Grants = """
        CREATE ROLE {role} LOGIN PASSWORD 'secret';
        GRANT USAGE ON SCHEMA public TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
        """;

    [Fact]
    public async Task May_be_one_that_only_reads_and_writes_rows()
    {
        var owner = await TestDatabase.CreateAsync();
        var role = $"service_{Guid.NewGuid():N}";
        Assert.Equal(
            (0, "", ""),
            await ServiceProcess.RunAsync(["migrate"], new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = owner }));
        await using var database = NpgsqlDataSource.Create(owner);
        await ExecuteAsync(database, Grants.Replace("{role}", role, StringComparison.Ordinal));
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(owner) { Username = role, Password = "secret" }.ConnectionString;
            await using (var denied = NpgsqlDataSource.Create(connection))
            {
                await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(denied, "CREATE TABLE public.other (id integer)"));
            }

            await using var service = await ServiceProcess.StartAsync(
                new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
            using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
            var admin = await Service.PersonAsync(database, http, "acme", "root", "admin");
            await admin.AddContactAsync("Joe");
            await admin.AddGroupAsync("Friends");
            var id = await admin.AddUserIdAsync("ann");
            (await admin.ScimAsync("DELETE", $"{ScimCalls.Users}/{id}")).ShouldBe(204);
            (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);
            (await admin.PostAsync("/webhooks", """{"url":"https://example.com/"}""")).ShouldBe(201);
            (await admin.PostAsync("/tokens", """{"user":"bob","role":"agent"}""", ("Idempotency-Key", "1"))).ShouldBe(201);
            (await admin.GetAsync("/changes")).ShouldBe(200);
            (await admin.GetAsync("/contacts?q=joe")).ShouldBe(200);
        }
        finally
        {
            await ExecuteAsync(database, $"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
