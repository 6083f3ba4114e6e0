using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>All reads of contacts: what a caller sees is the own book and, behind it, the organization's.</summary>
internal sealed class ContactReader(Database database, SnapshotReader snapshot)
{
    // $1 own book, $2 organization's book, $3 organization, $4 contact
    internal static readonly string FindSql = $"""
        SELECT {VisibleContacts.OwnColumns} FROM {VisibleContacts.Own("contact", "$1", "$2", "$3")} AND c.contact_id = $4
        UNION ALL
        SELECT {ContactView.Columns} FROM {VisibleContacts.Shared("contact", "$1", "$2", "$3", onlyOwn: false)} AND c.contact_id = $4
        LIMIT 1
        """;

    /// <summary>One contact; null when there is none that the caller can see.</summary>
    public Task<ContactView?> FindAsync(Caller caller, string contactId, CancellationToken cancellationToken) =>
        database.FindAsync(() => Find(caller, contactId), ContactView.Read, cancellationToken);

    /// <summary>The statement that reads one contact that the caller can see.</summary>
    public static NpgsqlBatchCommand Find(Caller caller, string contactId) => Statement.Of(
        FindSql,
        Statement.Value(caller.Own.Id),
        Statement.Value(caller.Shared.Id),
        Statement.Value(caller.Organization),
        Statement.Value(contactId));

    /// <summary>A page of what the caller can see; the first one with all of the caller's groups.</summary>
    public Task<Answer> ListAsync(HttpRequest request, Caller caller, ListQuery query, Precondition precondition, CancellationToken cancellationToken)
    {
        var withGroups = query.Place is null;
        var withMembers = query.Fields?.Contains("groups") != false;
        return snapshot.ReadAsync(
            caller.Own,
            caller.Shared,
            precondition,
            () => withGroups ? [List(caller, query), GroupReader.All(caller.Own, withMembers)] : [List(caller, query)],
            async (reader, etag) =>
            {
                var page = new ListPage(query);
                await WriteContactsAsync(reader, query, page, cancellationToken);
                if (withGroups)
                {
                    await WriteGroupsAsync(reader, page, withMembers, cancellationToken);
                }

                page.WriteNextToken();
                page.Output.Write("}"u8);
                return page.ToAnswer(request, etag);
            },
            cancellationToken);
    }

    private static async Task WriteContactsAsync(NpgsqlDataReader reader, ListQuery query, ListPage page, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        page.Output.Write("{\"contacts\":["u8);
        while (await reader.ReadAsync(cancellationToken) && page.BeginEntry())
        {
            var contact = ContactView.Read(reader);
            contact.Write(page.Output, query.Fields);
            page.EndEntry(reader, ContactView.ColumnCount, contact.ContactId);
        }

        page.Output.Write("]"u8);
    }

    private static async Task WriteGroupsAsync(NpgsqlDataReader reader, ListPage page, bool withMembers, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        page.Output.Write(",\"groups\":["u8);
        for (var first = true; await reader.ReadAsync(cancellationToken); first = false)
        {
            if (!first)
            {
                page.Output.Write(","u8);
            }

            GroupView.Read(reader).Write(page.Output, withMembers ? null : GroupView.WithoutMembers);
        }

        page.Output.Write("]"u8);
    }

    /// <summary>The statement of a list.</summary>
    internal static NpgsqlBatchCommand List(Caller caller, ListQuery query)
    {
        var sql = new SqlBuilder();
        var own = sql.Add(caller.Own.Id, NpgsqlDbType.Uuid);
        var shared = sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid);
        var organization = sql.Add(caller.Organization, NpgsqlDbType.Text);
        var limit = query.Limit(sql);

        // Each branch is a range of an index that begins with its book, and at most a page long.
        string Branch(ListQuery part, BookKey key, string columns, string source) => $"""
            (SELECT {columns}, {query.KeyColumns} FROM {source}{part.Where(sql, key.Id, "c.contact_id", IsOwner)}
             ORDER BY {query.OrderBy("contact_id")} {limit})
            """;

        var branches = new List<string>();
        var seesOwn = Owns(query, caller, caller.Own);
        var seesShared = Owns(query, caller, caller.Shared);
        if (seesOwn || !seesShared)
        {
            var source = VisibleContacts.Own(VisibleContacts.Table(query.Conditions, sql, caller.Own), own, shared, organization);
            branches.Add(Branch(query, caller.Own, VisibleContacts.OwnColumns, seesOwn ? source : $"{source} AND false"));
        }

        if (seesOwn || seesShared)
        {
            var onlyOwn = !seesShared || query.Conditions.Any(IsOwn);
            var table = VisibleContacts.SharedTable(query.Conditions, sql, caller.Own, caller.Shared);
            var source = VisibleContacts.Shared(table, own, shared, organization, onlyOwn) + (query.Conditions.Any(IsFew) ? VisibleContacts.ByType : "");
            branches.Add(Branch(query with { Conditions = VisibleContacts.InShared(query.Conditions) }, caller.Shared, ContactView.Columns, seesOwn ? source : $"{source} AND NOT c.is_own"));
        }

        sql.Append(string.Join(" UNION ALL ", branches));
        if (branches.Count > 1)
        {
            sql.Append($" ORDER BY {query.OrderBy("contact_id")} {limit}");
        }

        return sql.ToStatement();
    }

    // Only what is in the own book is in groups, or is seen when the directory no longer knows it.
    private static bool IsOwn(Condition condition) =>
        (condition.Attribute == ContactAttributes.Groups
            && (condition.Operator.Length == 0 || (condition.Operator == "exists" && condition.Values.All(value => value == "true"))))
        || (condition.Attribute == ContactAttributes.Resolved && condition.Operator.Length == 0 && condition.Values.All(value => value == "false"));

    // Among many users there are few queues and custom contacts.
    private static bool IsFew(Condition condition) =>
        condition.Attribute == ContactAttributes.Type && condition is { Operator: "", Values: [not "User"] };

    private static bool IsOwner(Condition condition) => condition.Attribute == ContactAttributes.OwnerId;

    private static bool Owns(ListQuery query, Caller caller, BookKey book)
    {
        bool Names(Condition condition) =>
            condition.Values.Any(value => value == book.OwnerId || (value == "me" && book == caller.Own));

        return query.Conditions.Where(IsOwner).All(condition => condition.Operator switch
        {
            "exists" => condition.Values.Any(value => value == "true"),
            "ne" => !Names(condition),
            _ => Names(condition),
        });
    }
}
