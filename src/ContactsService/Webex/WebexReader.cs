using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Webex;

/// <summary>All reads of this API. They create nothing: a book that does not exist is an empty list.</summary>
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
    public async Task<(Answer Answer, bool HasGroups)> ListAsync(
        HttpRequest request, Caller caller, Precondition precondition, CancellationToken cancellationToken)
    {
        var hasGroups = true; // a caller whose copy is current is past its first steps
        var answer = await snapshot.ReadAsync(
            request,
            caller.Own,
            SnapshotReader.OwnRevision(caller.Own),
            precondition,
            () => [Statement(GroupsSql, caller.Own), Statement(ContactsSql, caller.Own)],
            async (reader, etag) =>
            {
                var output = new ArrayBufferWriter<byte>(16 * 1024);
                var groups = await ReadGroupsAsync(reader, cancellationToken);
                hasGroups = groups.Count > 0;
                await WriteContactsAsync(reader, output, groups, cancellationToken);
                WriteGroups(output, groups);
                // Without a group, the gate has to know of each read.
                return new Answer(StatusCodes.Status200OK, output.WrittenMemory) { ETag = etag, MayBeKept = hasGroups };
            },
            cancellationToken);
        return (answer, hasGroups);
    }

    /// <summary>A contact of the caller's own book, by the connection that wrote or found it; null when there is none.</summary>
    public Task<WebexContact?> FindAsync(Caller caller, string contactId, CancellationToken cancellationToken) => transaction.FindAsync(
        Storage.Statement.Of(
            FindSql,
            Storage.Statement.Value(caller.Own.Id),
            Storage.Statement.Value(caller.Organization),
            Storage.Statement.Value(contactId)),
        WebexContact.Read,
        cancellationToken);

    private static NpgsqlBatchCommand Statement(string sql, BookKey book) =>
        Storage.Statement.Of(sql, Storage.Statement.Value(book.Id), Storage.Statement.Value(book.Organization));

    private static async Task<List<ListedGroup>> ReadGroupsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var groups = new List<ListedGroup>();
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(new(WebexGroup.Read(reader), []));
        }

        return groups;
    }

    // A contact names listed groups only: the others have names that the client could not decrypt.
    private static async Task WriteContactsAsync(
        NpgsqlDataReader reader, ArrayBufferWriter<byte> output, List<ListedGroup> groups, CancellationToken cancellationToken)
    {
        var byId = groups.ToDictionary(listed => listed.Group.GroupId);
        await reader.NextResultAsync(cancellationToken);
        output.Write("{\"contacts\":["u8);
        for (var any = false; await reader.ReadAsync(cancellationToken); any = true)
        {
            if (any)
            {
                output.Write(","u8);
            }

            var contact = WebexContact.Read(reader);
            var listed = contact.Groups.Where(byId.ContainsKey).ToArray();
            (contact with { Groups = listed }).Write(output);
            foreach (var group in listed)
            {
                byId[group].Members.Add(contact.ContactId);
            }
        }
    }

    private static void WriteGroups(ArrayBufferWriter<byte> output, List<ListedGroup> groups)
    {
        output.Write("],\"groups\":["u8);
        for (var i = 0; i < groups.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            groups[i].Group.Write(output, groups[i].Members);
        }

        output.Write("]}"u8);
    }

    private sealed record ListedGroup(WebexGroup Group, List<string> Members);
}
