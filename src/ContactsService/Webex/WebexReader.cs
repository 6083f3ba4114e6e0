using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Webex;

/// <summary>All reads of this door. Reading makes nothing: a book that is not born is an empty list.</summary>
internal sealed class WebexReader(SnapshotReader snapshot, BookTransaction transaction)
{
    internal const string ContactsSql = $"""
        SELECT {WebexContact.Columns} FROM contact c
        WHERE c.book_id = $1 AND c.organization = $2 AND (c.is_encrypted OR c.contact_type = 'CLOUD')
        ORDER BY c.contact_id
        """;

    // The SDK takes the first group of a name for the one: every client has to see the same first one.
    internal const string GroupsSql = $"""
        SELECT {WebexGroup.Columns} FROM contact_group g
        WHERE g.book_id = $1 AND g.organization = $2 AND g.is_encrypted
        ORDER BY g.created, g.group_id
        """;

    private const string FindSql =
        $"SELECT {WebexContact.Columns} FROM contact c WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = $3";

    /// <summary>The whole book in one answer, and whether there is a group in it.</summary>
    public async Task<(Answer Answer, bool HasGroups)> ListAsync(Caller caller, Precondition precondition, CancellationToken cancellationToken)
    {
        var hasGroups = true; // a caller whose copy is current is past its first steps
        var answer = await snapshot.ReadOwnAsync(
            caller.Own,
            caller.Shared,
            precondition,
            () => [Statement(ContactsSql, caller.Own), Statement(GroupsSql, caller.Own)],
            async (reader, etag) =>
            {
                var output = new ArrayBufferWriter<byte>(16 * 1024);
                var members = await WriteContactsAsync(reader, output, cancellationToken);
                hasGroups = await WriteGroupsAsync(reader, output, members, cancellationToken);
                return new Answer(StatusCodes.Status200OK, output.WrittenMemory) { ETag = etag };
            },
            cancellationToken);
        return (answer, hasGroups);
    }

    /// <summary>A contact of the caller's own book, by the connection that wrote or found it; null when there is none.</summary>
    public Task<WebexContact?> FindAsync(Caller caller, string contactId, CancellationToken cancellationToken) => transaction.FindAsync(
        Storage.Statement.Of(
            FindSql, Storage.Statement.Value(caller.Own.Id), Storage.Statement.Value(caller.Organization), Storage.Statement.Value(contactId)),
        WebexContact.Read,
        cancellationToken);

    private static NpgsqlBatchCommand Statement(string sql, BookKey book) =>
        Storage.Statement.Of(sql, Storage.Statement.Value(book.Id), Storage.Statement.Value(book.Organization));

    private static async Task<Dictionary<Guid, List<string>>> WriteContactsAsync(
        NpgsqlDataReader reader, ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var members = new Dictionary<Guid, List<string>>();
        await reader.NextResultAsync(cancellationToken);
        output.Write("{\"contacts\":["u8);
        for (var any = false; await reader.ReadAsync(cancellationToken); any = true)
        {
            if (any)
            {
                output.Write(","u8);
            }

            var contact = WebexContact.Read(reader);
            contact.Write(output);
            foreach (var group in contact.Groups)
            {
                if (!members.TryGetValue(group, out var ids))
                {
                    members[group] = ids = [];
                }

                ids.Add(contact.ContactId);
            }
        }

        return members;
    }

    private static async Task<bool> WriteGroupsAsync(
        NpgsqlDataReader reader, ArrayBufferWriter<byte> output, Dictionary<Guid, List<string>> members, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        output.Write("],\"groups\":["u8);
        var any = false;
        for (; await reader.ReadAsync(cancellationToken); any = true)
        {
            if (any)
            {
                output.Write(","u8);
            }

            var group = WebexGroup.Read(reader);
            group.Write(output, members.GetValueOrDefault(group.GroupId) ?? []);
        }

        output.Write("]}"u8);
        return any;
    }
}
