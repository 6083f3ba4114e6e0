using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Scim;

/// <summary>All reads of users.</summary>
internal sealed class ScimUserReader(Database database)
{
    /// <summary>The type of the message.</summary>
    public const string ListUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    // A page of 1,000 users at their largest would not fit into memory; a page may end early at any entry.
    private const int MaxBytes = 8 * 1024 * 1024;

    private const string FindSql =
        $"SELECT {ScimUser.Columns} FROM directory_user u WHERE u.book_id = $1 AND u.organization = $2 AND u.user_id = $3";

    /// <summary>The statement that reads one user.</summary>
    public static NpgsqlBatchCommand Find(Caller caller, string id) =>
        Statement.Of(FindSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization), Statement.Value(id));

    /// <summary>One user; null when there is none.</summary>
    public Task<ScimUser?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        database.FindAsync(() => Find(caller, id), ScimUser.Read, cancellationToken);

    /// <summary>A page of users (RFC 7644, 3.4.2; RFC 9865).</summary>
    public Task<JsonObject> ListAsync(Caller caller, ScimQuery query, string baseUrl, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                await using var batch = Statement.Snapshot(connection, Count(caller, query), Page(caller, query));
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                var list = new JsonObject { ["schemas"] = new JsonArray(ListUrn), ["totalResults"] = reader.GetInt64(0) };
                await reader.NextResultAsync(cancellationToken);
                return await FillAsync(list, reader, query, baseUrl, cancellationToken);
            },
            cancellationToken);

    private static async Task<JsonObject> FillAsync(
        JsonObject list, NpgsqlDataReader reader, ScimQuery query, string baseUrl, CancellationToken cancellationToken)
    {
        var resources = new JsonArray();
        var bytes = 0;
        string? next = null;
        string? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (resources.Count == query.Count || bytes > MaxBytes)
            {
                next = last;
                break;
            }

            var user = ScimUser.Read(reader);
            bytes += user.Bytes;
            resources.Add((JsonNode)query.Projection.Apply(user.ToJson(baseUrl)));
            last = query.HasCursor
                ? PageToken.Write(
                    query.Seal, query.Binding, [.. query.CursorOrder.Select((_, i) => reader.GetValue(ScimUser.ColumnCount + i))], user.Id)
                : null;
        }

        list["itemsPerPage"] = resources.Count;
        if (!query.HasCursor)
        {
            list["startIndex"] = query.StartIndex;
        }

        if (next is not null)
        {
            list["nextCursor"] = next;
        }

        list["Resources"] = resources; // also when there is none: a client of Webex drops its contacts otherwise
        return list;
    }

    private static NpgsqlBatchCommand Count(Caller caller, ScimQuery query)
    {
        var sql = new SqlBuilder();
        sql.Append("SELECT count(*) ");
        return From(sql, caller, query).ToStatement();
    }

    private static NpgsqlBatchCommand Page(Caller caller, ScimQuery query)
    {
        var sql = new SqlBuilder();
        var keys = query.HasCursor ? query.CursorOrder : [];
        sql.Append($"SELECT {ScimUser.Columns}{string.Concat(keys.Select(key => $", {key.Expression}"))} ");
        From(sql, caller, query);
        if (query.Place is not null)
        {
            sql.Append($" AND {Sorting.After(keys, "u.user_id", query.Place, sql)}");
        }

        var order = query.HasCursor
            ? string.Join(", ", keys.Select(key => $"{key.Expression}{(key.Descending ? " DESC" : "")}").Append("u.user_id"))
            : query.Sort?.OrderBy ?? "u.user_id";
        var limit = sql.Add(query.HasCursor ? query.Count + 1L : query.Count, NpgsqlDbType.Bigint);
        var offset = sql.Add(query.HasCursor ? 0L : query.StartIndex - 1L, NpgsqlDbType.Bigint);
        return sql.Append($" ORDER BY {order} LIMIT {limit} OFFSET {offset}").ToStatement();
    }

    private static SqlBuilder From(SqlBuilder sql, Caller caller, ScimQuery query)
    {
        sql.Append($"FROM directory_user u WHERE u.book_id = {sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid)}");
        sql.Append($" AND u.organization = {sql.Add(caller.Organization, NpgsqlDbType.Text)}");
        return query.Filter is null ? sql : sql.Append($" AND {ScimFilterSql.Of(query.Filter, sql)}");
    }
}
