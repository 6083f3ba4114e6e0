using ContactsService.Filtering;
using ContactsService.Storage;
using ContactsService.Storage.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ContactsService.Tests.Storage;

[Trait("Speed", "Slow")]
public class MigrationTests(Service service)
{
    [Fact]
    public async Task Run_once_when_five_instances_start_together()
    {
        var connection = await TestDatabase.CreateAsync();

        var instances = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            ServiceProcess.StartAsync(new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection })));

        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        await using var database = NpgsqlDataSource.Create(connection);
        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(database).Options);
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task Are_tried_again_after_a_failure_that_nobody_foresaw()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await RunAsync(database, "CREATE TABLE book ()");
        await using var instance = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection }, waitUntilReady: false);
        while (!instance.Output.Contains("The migration of the database failed", StringComparison.Ordinal))
        {
            Assert.False(instance.HasExited, instance.Output);
            await Task.Delay(50);
        }

        await RunAsync(database, "DROP TABLE book");

        await instance.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task Wait_for_another_instance_in_the_background()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var other = await database.OpenConnectionAsync();
        await using var taken = new NpgsqlCommand("BEGIN; SELECT pg_advisory_xact_lock(x'636F6E7461637473'::bigint)", other);
        await taken.ExecuteNonQueryAsync();
        await using var instance = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection }, waitUntilReady: false);
        while (!instance.Output.Contains("Another instance holds the lock of migrations", StringComparison.Ordinal))
        {
            Assert.False(instance.HasExited, instance.Output);
            await Task.Delay(50);
        }

        await other.CloseAsync();

        await instance.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task Create_the_tables_of_the_model()
    {
        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(service.Database).Options);
        var model = db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property =>
            {
                var table = entity.GetTableName()!;
                var column = property.GetColumnName(StoreObjectIdentifier.Table(table));
                return $"{table}.{column} {property.GetColumnType()} {(property.IsNullable ? "null" : "not null")}";
            }))
            .Order(StringComparer.Ordinal);

        Assert.Equal(model, await ReadAsync("""
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' not null' ELSE ' null' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
              AND c.relname NOT LIKE '\_\_%'
            """));
        var keys = db.Model.GetEntityTypes().SelectMany(
            entity => entity.GetKeys().Select(key => key.GetName()!).Concat(entity.GetIndexes().Select(index => index.GetDatabaseName()!)));
        var names = await ReadAsync("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'");
        Assert.All(keys, key => Assert.Contains(key, names));
    }

    [Fact]
    public async Task Keep_what_was_there_before_addresses_were_a_list()
    {
        await using var database = NpgsqlDataSource.Create(await TestDatabase.CreateAsync());
        foreach (var file in new[] { "0001-books", "0002-webex", "0003-directory", "0004-retry-organization", "0005-keys-by-organization" })
        {
            await RunAsync(database, MigrationText.Read($"{file}.sql"));
        }

        await RunAsync(database, """
            INSERT INTO book (book_id, organization, owner_id, created)
            VALUES ('01a1fc76-19e5-75ab-9845-8599ddf5a9ed', 'org', 'org', now());
            INSERT INTO contact (book_id, organization, owner_id, contact_id, contact_type, type, body, group_ids, version, created,
                                 last_modified, sort_name, lookup, display_name, city, country, extra)
            VALUES ('01a1fc76-19e5-75ab-9845-8599ddf5a9ed', 'org', 'org', 'joe', 'CUSTOM', 'Custom',
                    '"contactId":"joe","addressInfo":{"city":"K\u00f6LN","country":"DE"},"ownerId":"org"', '{}', 1, now(), now(),
                    'joe', '{1}', 'joe', 'köln', 'de', '"description":"x"')
            """);

        await RunAsync(database, MigrationText.Read("0006-contact-attributes.sql"));

        await using var after = database.CreateCommand("SELECT body, addresses, lookup, extension FROM contact");
        await using var row = await after.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal(
            """
            "contactId":"joe","addressInfo":{"city":"K\u00f6LN","country":"DE"},"ownerId":"org",
            "addresses":[{"city":"K\u00f6LN","country":"DE"}]
            """.ReplaceLineEndings(""),
            row.GetString(0));
        Assert.Equal(["city:köln", "country:de"], row.GetFieldValue<string[]>(1));
        var book = Guid.Parse("01a1fc76-19e5-75ab-9845-8599ddf5a9ed");
        Assert.Equal(
            [1, LookupHash.Of(book, "addresses", "city:köln"), LookupHash.Of(book, "addresses", "country:de")],
            row.GetFieldValue<long[]>(2));
        Assert.Equal("""{"queue":{"description":"x"}}""", row.GetString(3));
    }

    [Theory]
    [InlineData("contact_in_group", "UPDATE contact SET group_ids = '{}' WHERE organization = $1")]
    [InlineData("contact_types_agree", "UPDATE contact SET contact_type = 'CLOUD' WHERE organization = $1")]
    [InlineData("contact_unresolved_elsewhere", "UPDATE contact SET resolved = false WHERE organization = $1")]
    [InlineData("contact_custom_has_name", "UPDATE contact SET display_name = NULL WHERE organization = $1")]
    [InlineData("contact_in_book", "UPDATE contact SET book_id = gen_random_uuid() WHERE organization = $1")]
    [InlineData(
        "contact_group_limit",
        "UPDATE contact SET group_ids = (SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 101)) WHERE organization = $1")]
    [InlineData("book_default_group", "DELETE FROM contact_group WHERE organization = $1")]
    [InlineData("group_type_known", "UPDATE contact_group SET group_type = 'SECRET' WHERE organization = $1")]
    [InlineData("api_token_user_is_not_organization", "UPDATE api_token SET user_id = organization WHERE organization = $1")]
    [InlineData("api_token_role_known", "UPDATE api_token SET role = 'king' WHERE organization = $1")]
    public async Task Create_constraints_that_hold_for_every_writer(string constraint, string sql)
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        await using var command = service.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = ann.Organization });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(constraint, refused.ConstraintName);
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var command = service.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
