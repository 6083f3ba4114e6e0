using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ContactsService.Tests.Storage;

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
    public async Task Create_the_tables_of_the_model()
    {
        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(service.Database).Options);
        var model = db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property =>
                $"{entity.GetTableName()}.{property.GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!))} {property.GetColumnType()} {(property.IsNullable ? "null" : "not null")}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(model, await ReadAsync("""
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE ' null' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE '\_\_%'
            """));
        var keys = db.Model.GetEntityTypes().SelectMany(
            entity => entity.GetKeys().Select(key => key.GetName()!).Concat(entity.GetIndexes().Select(index => index.GetDatabaseName()!)));
        var names = await ReadAsync("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'");
        Assert.All(keys, key => Assert.Contains(key, names));
    }

    [Theory]
    [InlineData("contact_in_group", "UPDATE contact SET group_ids = '{}' WHERE organization = $1")]
    [InlineData("contact_types_agree", "UPDATE contact SET contact_type = 'CLOUD' WHERE organization = $1")]
    [InlineData("contact_unresolved_elsewhere", "UPDATE contact SET resolved = false WHERE organization = $1")]
    [InlineData("contact_custom_has_name", "UPDATE contact SET display_name = NULL WHERE organization = $1")]
    [InlineData("contact_in_book", "UPDATE contact SET book_id = gen_random_uuid() WHERE organization = $1")]
    [InlineData("contact_group_limit", "UPDATE contact SET group_ids = (SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 101)) WHERE organization = $1")]
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
