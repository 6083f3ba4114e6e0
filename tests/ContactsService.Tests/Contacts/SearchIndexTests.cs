using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Filtering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace ContactsService.Tests.Contacts;

/// <summary>How the search finds its contacts, and how older rows come to be found.</summary>
public class SearchIndexTests(Service service)
{
    [Theory]
    [InlineData("joe")]
    [InlineData("joe johnson")]
    [InlineData("joe j")]
    [InlineData("jean-luc")]
    [InlineData("0221 5550134")]
    [InlineData("太郎")]
    public async Task Reads_the_index_and_no_book(string words)
    {
        var caller = new Caller("org", "ann", Role.Agent);
        var query = FindQuery.Read(new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["q"] = words }));
        var statement = WordSearchStep.All(SearchQuery.Read(words, region: null).Terms).ToStatement(caller, query);
        await using var connection = await service.Database.OpenConnectionAsync();
        await PrepareAsync(connection);

        var plan = await GenericPlan.OfAsync(connection, statement.CommandText, statement.Parameters);

        Assert.Equal(2, plan.Count(line => line.StartsWith("Index Cond: (search @@ $", StringComparison.Ordinal)));
        Assert.All(
            plan.Where(line => line.StartsWith("Index Cond: (", StringComparison.Ordinal) && !line.Contains(
                "search @@", StringComparison.Ordinal)),
            line => Assert.Contains("contact_id = ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Computes_what_older_rows_lack_and_changes_nothing_else()
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", """
            {"contactType":"CUSTOM","contactId":"old","displayName":"Émile Oldrow",
             "phoneNumbers":[{"type":"work","value":"+49 221 5550134"}],"emails":[{"value":"Emile@Example.com"}],
             "custom":{"n":1.50},"notes":"x"}
            """)).ShouldBe(201);
        var before = (await ann.GetAsync("/contacts/old")).ShouldBe(200);
        await using var connection = await service.Database.OpenConnectionAsync();
        var derived = await ReadAsync(connection, ann);
        await using var older = new NpgsqlCommand(
            "UPDATE contact SET search = NULL, sort_name = 'émile oldrow', lookup = '{}' WHERE organization = $1", connection)
        {
            Parameters = { new() { Value = ann.Organization } },
        };
        await older.ExecuteNonQueryAsync();
        Assert.Equal("""{"contacts":[]}""", (await ann.GetAsync("/contacts?q=oldrow")).Text);

        await DerivedColumnsBackfill.RunAsync(connection, CancellationToken.None);

        Assert.Equal(derived, await ReadAsync(connection, ann));
        Assert.Equal(["old"], (await ann.GetAsync("/contacts?q=emile%20oldrow")).Values("contacts", "contactId"));
        Assert.Equal(["old"], (await ann.GetAsync("/contacts?caller=%2B492215550134")).Values("contacts", "contactId"));
        var after = (await ann.GetAsync("/contacts/old")).ShouldBe(200);
        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
    }

    // A copy of the table and its indexes, which this connection alone sees, with contacts of one book.
    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await RunAsync(connection, "CREATE TEMPORARY TABLE contact (LIKE public.contact INCLUDING ALL)");
        await RunAsync(connection, """
            INSERT INTO contact (book_id, organization, owner_id, contact_id, contact_type, type, body, group_ids, version, created,
                                 last_modified, sort_name, lookup, resolved, search)
            SELECT '00000000-0000-0000-0000-000000000000', 'org', 'org', i, 'CLOUD', 'User', repeat('x', 500), '{}', i,
                now(), now(), i, '{}',
                   true,
                   ('w' || i)::tsvector
            FROM generate_series(1, 5000) AS i
            """);
        await RunAsync(connection, "ANALYZE contact");
        await RunAsync(connection, "SET plan_cache_mode = force_generic_plan");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ReadAsync(NpgsqlConnection connection, Person person)
    {
        await using var command = new NpgsqlCommand(
            "SELECT sort_name || '|' || lookup::text || '|' || search::text FROM contact WHERE organization = $1", connection)
        {
            Parameters = { new() { Value = person.Organization } },
        };
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
