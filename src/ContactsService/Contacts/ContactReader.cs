using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>All reads of contacts: what a caller sees is the own book and, behind it, the organization's.</summary>
internal sealed class ContactReader(Database database, SnapshotReader snapshot)
{
    // $1 own book, $2 organization's book, $3 organization, $4 contact
    internal static readonly string FindSql = $"{VisibleContacts.One("$4")} LIMIT 1";

    // $1 own book, $2 organization, $3 contact
    private const string FindOwnSql = $"""
        SELECT {VisibleContacts.OwnColumns} FROM contact c
        WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = $3 AND c.contact_type = 'CUSTOM'
        """;

    private const string OwnVersionSql = """
        SELECT b.revision, coalesce((
            SELECT max(d.version)
            FROM contact mine JOIN contact d ON d.book_id = $2 AND d.organization = $3 AND d.contact_id = mine.contact_id
            WHERE mine.book_id = $1 AND mine.organization = $3 AND mine.contact_type = 'CLOUD' AND cardinality(mine.group_ids) > 0), 0)
        FROM book b WHERE b.book_id = $1 AND b.organization = $3
        """;

    /// <summary>One contact; null when there is none that the caller can see.</summary>
    public async Task<ContactView?> FindAsync(Caller caller, string contactId, CancellationToken cancellationToken) =>
        await database.FindAsync(() => FindOwn(caller, contactId), ContactView.Read, cancellationToken)
        ?? await database.FindAsync(() => Find(caller, contactId), ContactView.Read, cancellationToken);

    // Most contacts that somebody reads are of the own book: one look-up instead of a join with the organization's.
    private static NpgsqlBatchCommand FindOwn(Caller caller, string contactId) => Statement.Of(
        FindOwnSql, Statement.Value(caller.Own.Id), Statement.Value(caller.Organization), Statement.Value(contactId));

    /// <summary>The statement that reads one contact that the caller can see.</summary>
    public static NpgsqlBatchCommand Find(Caller caller, string contactId) => Statement.Of(
        FindSql,
        Statement.Value(caller.Own.Id),
        Statement.Value(caller.Shared.Id),
        Statement.Value(caller.Organization),
        Statement.Value(contactId));

    /// <summary>A page of what the caller can see; the first one with all of the caller's groups.</summary>
    public Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ListQuery query, Precondition precondition, CancellationToken cancellationToken)
    {
        var withGroups = query.Place is null;
        var withMembers = query.Fields?.Contains(GroupAttributes.MembersField) == true;
        return snapshot.ReadAsync(
            request,
            caller.Own,
            VisibleContacts.IncludesOrganization(caller, query.Filter)
                ? SnapshotReader.Revisions(caller.Own, caller.Shared)
                : OwnVersion(caller),
            precondition,
            () => withGroups ? [List(caller, query), GroupReader.All(caller.Own, withMembers)] : [List(caller, query)],
            async (reader, etag) =>
            {
                var page = new ListPage(query);
                await WriteContactsAsync(reader, caller, query, page, cancellationToken);
                if (withGroups)
                {
                    await WriteGroupsAsync(reader, caller, page, cancellationToken);
                }

                page.WriteNextToken();
                page.Output.Write("}"u8);
                return page.ToAnswer(request, etag);
            },
            cancellationToken);
    }

    // Own CLOUD contacts show what the directory says of them; other changes of the organization's book are not in the list.
    private static ListVersion OwnVersion(Caller caller) => new(
        () => Statement.Of(
            OwnVersionSql, Statement.Value(caller.Own.Id), Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization)),
        async reader => await reader.ReadAsync(CancellationToken.None)
            ? $"\"{caller.Own.Tag}-{reader.GetInt64(0)}.own.{reader.GetInt64(1)}\""
            : null);

    private static async Task WriteContactsAsync(
        NpgsqlDataReader reader, Caller caller, ListQuery query, ListPage page, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        page.Output.Write("{\"contacts\":["u8);
        while (await reader.ReadAsync(cancellationToken) && page.BeginEntry())
        {
            var contact = ContactView.Read(reader);
            contact.Write(page.Output, caller, query.Fields);
            page.EndEntry(reader, ContactView.ColumnCount, contact.ContactId);
        }

        page.Output.Write("]"u8);
    }

    private static async Task WriteGroupsAsync(NpgsqlDataReader reader, Caller caller, ListPage page, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        page.Output.Write(",\"groups\":["u8);
        for (var first = true; await reader.ReadAsync(cancellationToken); first = false)
        {
            if (!first)
            {
                page.Output.Write(","u8);
            }

            GroupView.Read(reader).Write(page.Output, caller.Own);
        }

        page.Output.Write("]"u8);
    }

    /// <summary>The statement of a list.</summary>
    internal static NpgsqlBatchCommand List(Caller caller, ListQuery query)
    {
        var visible = new VisibleContacts(caller, query.Filter);
        var limit = query.Limit(visible.Sql);
        var after = query.After(visible.Sql, "c.contact_id");
        var order = $"ORDER BY {query.OrderBy("contact_id")} {limit}";

        // Each is at most a page long.
        var pages = visible.Sources
            .Select(source => $"(SELECT {source.Columns}, {query.KeyColumns} FROM {source.From}{after} {order})")
            .ToList();
        return visible.Sql.Append(string.Join(" UNION ALL ", pages)).Append(pages.Count > 1 ? $" {order}" : "").ToStatement();
    }
}
