using Npgsql;

namespace ContactsService.Tests.Scim;

/// <summary>Four users in a table of the same form as that of the service.</summary>
public sealed class DirectoryUsers : IAsyncLifetime
{
    private NpgsqlDataSource database = null!;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(await TestDatabase.CreateAsync());
        await using var make = database.CreateCommand("""
            CREATE TABLE directory_user (
                organization text, user_id text, resource jsonb, user_name text, external_id text, active boolean,
                version bigint, created timestamptz, last_modified timestamptz)
            """);
        await make.ExecuteNonQueryAsync();
        await AddAsync("babs", "bjensen", "701984", "2011-05-13T04:42:34Z", 3, """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "id": "babs", "externalId": "701984", "userName": "bjensen", "active": true, "title": "Tour Guide", "userType": "Employee",
             "name": {"familyName": "Jensen", "givenName": "Barbara"},
             "emails": [{"value": "babs@jensen.org", "type": "home"}, {"value": "bjensen@example.com", "type": "work", "primary": true}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tour Operations",
             "manager": {"value": "26118915"}}}
            """);
        await AddAsync("john", "john", null, "2012-01-01T00:00:00Z", 1, """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
             "id": "john", "userName": "John", "active": false, "userType": "Intern", "title": "",
             "name": {"familyName": "O'Malley"}, "emails": [{"value": "100%_john@EXAMPLE.org", "type": "work"}]}
            """);
        await AddAsync("anna", "änna", "Ext", "2010-01-01T00:00:00.000001Z", 12, """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:scim:schemas:extension:cisco:webexidentity:2.0:User"],
             "id": "anna", "externalId": "Ext", "userName": "ÄNNA", "userType": "employee", "name": {"familyName": "Zöe"},
             "ims": [{"value": "anna@foo.com", "type": "xmpp"}],
             "urn:scim:schemas:extension:cisco:webexidentity:2.0:User": {"sipAddresses": [{"value": "anna@sip.example.com",
             "type": "cloud-calling", "primary": true}]}}
            """);
        await AddAsync("zed", "zed", "ext", "2013-01-01T00:00:00Z", 1, """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "zed", "externalId": "ext", "userName": "zed",
             "emails": [{"value": "zed@example.net", "type": "home"}, {"display": "no address", "type": "work"}]}
            """);
    }

    /// <summary>The ids that a statement over <c>directory_user u</c> finds.</summary>
    public async Task<string> FindAsync(string where, string orderBy, IEnumerable<NpgsqlParameter> parameters)
    {
        await using var find = database.CreateCommand($"SELECT u.user_id FROM directory_user u WHERE {where} ORDER BY {orderBy}");
        find.Parameters.AddRange(parameters.ToArray());
        await using var reader = await find.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        return string.Join(' ', ids);
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    private async Task AddAsync(string id, string userName, string? externalId, string lastModified, long version, string resource)
    {
        await using var add = database.CreateCommand("""
            INSERT INTO directory_user
            VALUES ('org', $1, $2::jsonb, $3, $4, ($2::jsonb ->> 'active')::boolean, $5, '2010-01-01T00:00:00Z', $6::timestamptz)
            """);
        foreach (var value in new object[] { id, resource, userName, externalId ?? (object)DBNull.Value, version, lastModified })
        {
            add.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await add.ExecuteNonQueryAsync();
    }
}
