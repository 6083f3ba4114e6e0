using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Filtering;
using ContactsService.Groups;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>
/// The program to compare with: Kestrel and Npgsql, the same SQL and the same rendering of rows, and nothing else.
/// No tokens, rules, limits, conditions, retries, errors, log.
/// </summary>
internal static class BareProgram
{
    private static readonly ConcurrentDictionary<string, (string Sql, List<NpgsqlParameter> Parameters)> Lists =
        new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Caller> Callers = new(StringComparer.Ordinal);

    /// <summary>Serves until it is killed. The user is the first segment of the address.</summary>
    public static Task<int> RunAsync(string connectionString, string address) =>
        BareServer.RunAsync(connectionString, address, ServeAsync);

    private static Task ServeAsync(HttpContext http, NpgsqlDataSource source)
    {
        var parts = http.Request.Path.Value!.Split('/');
        var caller = Callers.GetOrAdd(parts[1], user => new Caller(Seed.Organization, user, Role.Agent));
        return (http.Request.Method, parts.Length) switch
        {
            ("GET", 4) => OneAsync(http, source, caller, parts[3]),
            ("GET", _) => ListAsync(http, source, caller),
            ("POST", _) => WriteAsync(http, source, caller, Guid.CreateVersion7().ToString(), (id, draft, body) =>
                ContactStatements.Add(caller.Own, id, [], draft, body)),
            _ => WriteAsync(http, source, caller, parts[3], (id, draft, body) =>
                ContactStatements.Replace(caller.Own, id, [], null, draft, body)),
        };
    }

    private static async Task OneAsync(HttpContext http, NpgsqlDataSource source, Caller caller, string id)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(ContactReader.FindSql, connection)
        {
            Parameters =
            {
                Statement.Value(caller.Own.Id),
                Statement.Value(caller.Shared.Id),
                Statement.Value(caller.Organization),
                Statement.Value(id),
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var output = new ArrayBufferWriter<byte>(1024);
        ContactView.Read(reader).Write(output, caller);
        await BareServer.SendAsync(http, output.WrittenMemory);
    }

    private static async Task ListAsync(HttpContext http, NpgsqlDataSource source, Caller caller)
    {
        // A hand-written program has its SQL as constants: built once for each query.
        var (sql, parameters) = Lists.GetOrAdd(http.Request.QueryString.Value!, _ =>
        {
            var query = ListQuery.Read(
                http, caller.Own.Id, ContactAttributes.All, ContactAttributes.DefaultOrder, ContactAttributes.Members);
            var list = ContactReader.List(caller, query);
            return (list.CommandText, [.. list.Parameters.Cast<NpgsqlParameter>()]);
        });
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Statement.Snapshot(
            connection,
            Statement.Of(
                SnapshotReader.RevisionSql, Statement.Value([caller.Own.Id, caller.Shared.Id]), Statement.Value(caller.Organization)),
            Statement.Of(sql, [Statement.Value(caller.Own.Id), .. parameters.Skip(1).Select(parameter => parameter.Clone())]),
            GroupReader.All(caller.Own, withMembers: false));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var size = int.Parse(http.Request.Query["pageSize"].ToString());
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        output.Write("{\"contacts\":["u8);
        for (var i = 0; await reader.ReadAsync() && i < size; i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            ContactView.Read(reader).Write(output, caller);
        }

        await reader.NextResultAsync();
        output.Write("],\"groups\":["u8);
        for (var i = 0; await reader.ReadAsync(); i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            GroupView.Read(reader).Write(output, caller.Own);
        }

        output.Write("]}"u8);
        await BareServer.SendAsync(http, output.WrittenMemory);
    }

    private static async Task WriteAsync(
        HttpContext http, NpgsqlDataSource source, Caller caller, string id, Func<string, ContactDraft, byte[], NpgsqlBatchCommand> write)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body);
        var draft = ContactJson.Read(json.RootElement);
        var body = ContactJson.Write(id, caller.User, draft);
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Statement.Transaction(connection, BookStatements.Lock(caller.Own), write(id, draft, body));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var output = new ArrayBufferWriter<byte>(1024);
        var groups = reader.GetFieldValue<Guid[]>(0);
        new ContactView(id, true, body, groups, null, reader.GetInt64(1), reader.GetDateTime(2), reader.GetDateTime(3), false)
            .Write(output, caller);
        await reader.NextResultAsync();
        await BareServer.SendAsync(http, output.WrittenMemory);
    }
}
