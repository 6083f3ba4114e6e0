using System.Globalization;
using System.Text;
using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A contact as one of many that a statement writes.</summary>
/// <param name="ContactId">Its id.</param>
/// <param name="Groups">Its groups, all of the book; none in the organization's book.</param>
/// <param name="Version">The revision of the book that writes it.</param>
/// <param name="Created">When it was created, UTC. It counts only for a new contact.</param>
/// <param name="LastModified">When it is written, UTC.</param>
/// <param name="Values">What <see cref="ContactBatchRows.Values"/> has made of its draft.</param>
internal sealed record ContactBatchRow(
    string ContactId, IReadOnlyList<Guid> Groups, long Version, DateTime Created, DateTime LastModified, IReadOnlyList<object?> Values);

/// <summary>
/// The statements that write any number of contacts of one book. They run under the lock of the book, for a caller who knows which contacts
/// there are, checks what a single write checks, and raises the revision. A statement takes one array for each column: like COPY it sends
/// and plans nothing row by row, and unlike COPY it also replaces, and travels in a batch with other statements.
/// </summary>
internal static class ContactBatchRows
{
    // $1 book, $2 organization, $3 owner, $4 to $8 what a row has beside its values
    private const int FirstOfValues = 9;

    private static readonly string Arrays =
        $"unnest($4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::timestamptz[], {string.Join(", ", Placeholders())}) "
        + $"AS r(contact_id, group_ids, version, created, last_modified, {string.Join(", ", ContactColumns.All)})";

    private static readonly string AddSql = $"""
        INSERT INTO contact (book_id, organization, owner_id, contact_id, group_ids, version, created, last_modified,
            {string.Join(", ", ContactColumns.All)})
        SELECT $1, $2, $3, r.contact_id, r.group_ids::uuid[], r.version, r.created, r.last_modified,
            {string.Join(", ", ContactColumns.All.Select(Value))}
        FROM {Arrays}
        """;

    // Every row exists. An UPDATE that joins the arrays may read the whole book: its plan is made once, for books of the usual size.
    private static readonly string ReplaceSql = $"""
        {AddSql}
        ON CONFLICT ON CONSTRAINT {ContactConfiguration.Key} DO UPDATE SET
            group_ids = excluded.group_ids, version = excluded.version, last_modified = excluded.last_modified,
            {string.Join(", ", ContactColumns.All.Select(column => $"{column} = excluded.{column}"))}
        """;

    /// <summary>What a row says of a draft. It depends on nothing that is stored, so it is computed before the book is locked.</summary>
    public static IReadOnlyList<object?> Values(BookKey book, ContactDraft draft, byte[] body) =>
        [.. ContactColumns.Row(book, draft, body).Select(AsText)];

    /// <summary>Adds contacts whose ids the book does not have.</summary>
    public static NpgsqlBatchCommand Add(BookKey book, IReadOnlyList<ContactBatchRow> rows) => Of(AddSql, book, rows);

    /// <summary>Replaces contacts that the book has. What adapters keep beside them stays.</summary>
    public static NpgsqlBatchCommand Replace(BookKey book, IReadOnlyList<ContactBatchRow> rows) => Of(ReplaceSql, book, rows);

    private static IEnumerable<string> Placeholders() => ContactColumns.Types.Select((type, i) => string.Create(
        CultureInfo.InvariantCulture, $"${FirstOfValues + i}::{(type == NpgsqlDbType.Boolean ? "boolean" : "text")}[]"));

    private static string Value(string column, int i) => ContactColumns.Types[i] switch
    {
        NpgsqlDbType.Array | NpgsqlDbType.Bigint => $"r.{column}::bigint[]",
        ContactColumn.Texts => $"r.{column}::text[]",
        _ => $"r.{column}{ContactColumns.Cast(column)}",
    };

    private static object? AsText(object? value) => value switch
    {
        byte[] body => Encoding.UTF8.GetString(body),
        long[] numbers => ArrayText.Of(numbers),
        string[] texts => ArrayText.Of(texts),
        _ => value,
    };

    private static NpgsqlBatchCommand Of(string sql, BookKey book, IReadOnlyList<ContactBatchRow> rows) => Statement.Of(sql, [
        Statement.Value(book.Id),
        Statement.Value(book.Organization),
        Statement.Value(book.OwnerId),
        Statement.Value([.. rows.Select(row => row.ContactId)]),
        Statement.Value([.. rows.Select(row => ArrayText.Of(row.Groups))]),
        Statement.Value([.. rows.Select(row => row.Version)]),
        Statement.Value([.. rows.Select(row => row.Created)]),
        Statement.Value([.. rows.Select(row => row.LastModified)]),
        .. ContactColumns.Types.Select((type, i) => type == NpgsqlDbType.Boolean
            ? Statement.Value([.. rows.Select(row => (bool?)row.Values[i])])
            : Statement.Value([.. rows.Select(row => (string?)row.Values[i])])),
    ]);
}
