using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>
/// The best program that could be written for these questions alone: Kestrel, Npgsql, tables of its own that hold each answer as ready text
/// (<see cref="OwnSqlTables"/>), and one statement for each question. No tokens, rules, filters, pages, ETags, errors or log.
/// </summary>
internal static class OwnSqlProgram
{
    private const string OneSql = "SELECT body FROM bare_contact WHERE book_id = $1 AND contact_id = $2";
    private const string GroupSql = "SELECT body FROM bare_group WHERE book_id = $1";

    private const string UpdateSql = """
        WITH raised AS (UPDATE bare_book SET revision = revision + 1 WHERE book_id = $1 RETURNING revision)
        UPDATE bare_contact SET body = $3, short_body = $4, sort_name = $5, first_name = $6, last_name = $7, version = raised.revision
        FROM raised WHERE book_id = $1 AND contact_id = $2
        """;

    private const string CreateSql = """
        WITH raised AS (UPDATE bare_book SET revision = revision + 1 WHERE book_id = $1 RETURNING revision)
        INSERT INTO bare_contact (book_id, contact_id, body, short_body, sort_name, first_name, last_name, version)
        SELECT $1, $2, $3, $4, $5, $6, $7, revision FROM raised
        """;

    private static readonly ConcurrentDictionary<string, Guid> Books = new(StringComparer.Ordinal);

    /// <summary>Serves until it is killed. The user is the first segment of the address.</summary>
    public static Task<int> RunAsync(string connectionString, string address) =>
        BareServer.RunAsync(connectionString, address, ServeAsync);

    private static Task ServeAsync(HttpContext http, NpgsqlDataSource source)
    {
        var parts = http.Request.Path.Value!.Split('/');
        var book = Books.GetOrAdd(parts[1], user => BookKey.Of(Seed.Organization, user).Id);
        return (http.Request.Method, parts.Length) switch
        {
            ("GET", 4) => OneAsync(http, source, book, parts[3]),
            ("GET", _) => ListAsync(http, source, book),
            ("POST", _) => WriteAsync(http, source, CreateSql, book, parts[1], Guid.CreateVersion7().ToString()),
            _ => WriteAsync(http, source, UpdateSql, book, parts[1], parts[3]),
        };
    }

    private static async Task OneAsync(HttpContext http, NpgsqlDataSource source, Guid book, string id)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Statement.Batch(connection, Statement.Of(OneSql, Statement.Value(book), Statement.Value(id)));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        await BareServer.SendAsync(http, reader.GetFieldValue<byte[]>(0));
    }

    private static async Task ListAsync(HttpContext http, NpgsqlDataSource source, Guid book)
    {
        var query = http.Request.Query;
        var limit = query.TryGetValue("pageSize", out var size) ? int.Parse(size.ToString()) : 1000;
        var body = query.ContainsKey("fields") ? "short_body" : "body";
        var contacts = query switch
        {
            _ when query.TryGetValue("phoneNumber", out var number) => Statement.Of(
                $"SELECT c.{body} FROM bare_phone p JOIN bare_contact c USING (book_id, contact_id) "
                + "WHERE p.book_id = $1 AND p.digits = $2 ORDER BY c.sort_name, contact_id LIMIT $3",
                Statement.Value(book), Statement.Value(number.ToString()), Statement.Value(limit + 1L)),
            _ when query.TryGetValue("lastName", out var last) => Statement.Of(
                $"SELECT {body} FROM bare_contact WHERE book_id = $1 AND last_name = $2 AND first_name = $3 "
                + "ORDER BY sort_name, contact_id LIMIT $4",
                Statement.Value(book),
                Statement.Value(last.ToString()),
                Statement.Value(query["firstName"].ToString()),
                Statement.Value(limit + 1L)),
            _ => Statement.Of(
                $"SELECT {body} FROM bare_contact WHERE book_id = $1 ORDER BY sort_name, contact_id LIMIT $2",
                Statement.Value(book), Statement.Value(limit + 1L)),
        };
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Statement.Batch(connection, contacts, Statement.Of(GroupSql, Statement.Value(book)));
        await using var reader = await batch.ExecuteReaderAsync();
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        output.Write("{\"contacts\":["u8);
        await WriteAsync(reader, output, limit);
        output.Write("],\"groups\":["u8);
        await reader.NextResultAsync();
        await WriteAsync(reader, output, int.MaxValue);
        output.Write("]}"u8);
        await BareServer.SendAsync(http, output.WrittenMemory);
    }

    private static async Task WriteAsync(NpgsqlDataReader reader, ArrayBufferWriter<byte> output, int limit)
    {
        for (var i = 0; await reader.ReadAsync() && i < limit; i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            output.Write(reader.GetFieldValue<byte[]>(0));
        }
    }

    private static async Task WriteAsync(HttpContext http, NpgsqlDataSource source, string sql, Guid book, string owner, string id)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body);
        var root = json.RootElement;
        var name = root.GetProperty("displayName").GetString()!;
        var body = $"{{\"contactId\":\"{id}\",\"ownerId\":\"{owner}\",\"groups\":[\"{book}\"],{root.GetRawText()[1..]}";
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Statement.Batch(connection, Statement.Of(
            sql,
            Statement.Value(book),
            Statement.Value(id),
            Statement.Value(body),
            Statement.Value(
                $$"""{"contactId":"{{id}}","displayName":"{{name}}","phoneNumbers":{{root.GetProperty("phoneNumbers").GetRawText()}}}"""),
            Statement.Value(name.ToLowerInvariant()),
            Statement.Value(root.GetProperty("firstName").GetString()!.ToLowerInvariant()),
            Statement.Value(root.GetProperty("lastName").GetString()!.ToLowerInvariant())));
        await batch.ExecuteNonQueryAsync();
        await BareServer.SendAsync(http, System.Text.Encoding.UTF8.GetBytes(body));
    }
}
