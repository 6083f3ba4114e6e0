using ContactsService.Scim;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Tests.Scim;

/// <summary>Provisioning clients look for a user before they add one: that is no reason to read the whole directory.</summary>
public class FilterIndexTests(Service service)
{
    private const string ByEmail = "Index Cond: ((lower(((resource -> 'emails'::text))::text))::jsonb @>";

    [Theory]
    [InlineData("""id eq "7" """, "Index Cond: ((book_id = $1) AND (user_id = ANY")]
    [InlineData("""id eq "7" or id eq "8" """, "Index Cond: ((book_id = $1) AND (user_id = ANY")]
    [InlineData("""userName eq "User7" """, "Index Cond: ((book_id = $1) AND (user_name = ANY")]
    [InlineData("""externalId eq "e7" """, "Index Cond: ((book_id = $1) AND (external_id = ANY")]
    [InlineData("""emails eq "User7@Example.com" """, ByEmail)]
    [InlineData("""emails.value eq "user7@example.com" """, ByEmail)]
    [InlineData("""emails[type eq "work"].value eq "user7@example.com" """, ByEmail)]
    [InlineData("""active eq true and emails[type eq "work" and value eq "user7@example.com"]""", ByEmail)]
    [InlineData("""emails eq "user7@example.com" or emails eq "user8@example.com" """, "BitmapOr")]
    public async Task Finds_a_user_by_an_index(string filter, string inPlan)
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await PrepareAsync(connection);
        var sql = new SqlBuilder();
        sql.Add(Guid.Empty, NpgsqlDbType.Uuid);
        var where = ScimFilterSql.Of(ScimFilter.Parse(filter), sql);

        var plan = await GenericPlan.OfAsync(
            connection, $"SELECT FROM directory_user u WHERE u.book_id = $1 AND {where}", sql.Parameters);

        Assert.Contains(inPlan, string.Join('\n', plan), StringComparison.Ordinal);
    }

    // A copy of the table and its indexes, which this connection alone sees, with 2,000 users of one book.
    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await RunAsync(connection, "CREATE TEMPORARY TABLE directory_user (LIKE public.directory_user INCLUDING ALL)");
        await RunAsync(connection, """
            INSERT INTO directory_user (
                book_id, organization, user_id, resource, user_name, external_id, active, version, created, last_modified)
            SELECT '00000000-0000-0000-0000-000000000000', 'org', i,
                   jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', 'user' || i || '@example.com'))),
                   'user' || i, 'e' || i, true, i, now(), now()
            FROM generate_series(1, 2000) AS i
            """);
        await RunAsync(connection, "ANALYZE directory_user");
        await RunAsync(connection, "SET plan_cache_mode = force_generic_plan");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
