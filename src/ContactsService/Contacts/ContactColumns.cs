using System.Globalization;
using ContactsService.Books;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A draft as the table keeps it: the ready text, and beside it what is filtered and sorted by.</summary>
internal static class ContactColumns
{
    // Its value is sent as text.
    private const string Search = "search";
    private const string TsVector = "::tsvector";

    private static readonly IReadOnlyList<ContactColumn> OfFields = [.. ContactField.All.SelectMany(field => field.Columns)];

    private static readonly IReadOnlyList<(string Name, NpgsqlDbType Type)> Typed =
    [
        ("contact_type", NpgsqlDbType.Text),
        ("type", NpgsqlDbType.Text),
        ("resolved", NpgsqlDbType.Boolean),
        ("body", NpgsqlDbType.Text),
        ("sort_name", NpgsqlDbType.Text),
        ("is_encrypted", NpgsqlDbType.Boolean),
        ("has_plain_text", NpgsqlDbType.Boolean),
        ("lookup", NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        (Search, NpgsqlDbType.Text),
        .. OfFields.Select(column => (column.Name, column.Type)),
    ];

    /// <summary>The columns that a draft decides, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> All = [.. Typed.Select(column => column.Name)];

    /// <summary>The types of <see cref="All"/>, as they are sent.</summary>
    public static readonly IReadOnlyList<NpgsqlDbType> Types = [.. Typed.Select(column => column.Type)];

    /// <summary>The values of <see cref="All"/>, each of its type; the text of the body is UTF-8.</summary>
    public static IReadOnlyList<object?> Values(BookKey book, ContactDraft draft, byte[] body)
    {
        var derived = DerivedColumns.Of(book.Id, draft, draft is { IsEncrypted: true, HasPlainText: false });
        return
        [
            draft.StoredContactType,
            draft.StoredType,
            draft.IsCustom ? null : (object)(book.IsShared && !draft.IsDeparted),
            body,
            derived.SortName,
            draft.IsEncrypted,
            draft.HasPlainText,
            derived.Lookup,
            derived.Search,
            .. OfFields.Select(column => column.Value(draft)),
        ];
    }

    /// <summary>The same as parameters.</summary>
    public static IEnumerable<NpgsqlParameter> Parameters(BookKey book, ContactDraft draft, byte[] body) =>
        Values(book, draft, body).Select((value, i) => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = Types[i] });

    /// <summary>A value of <see cref="All"/> in a statement.</summary>
    /// <param name="column">One of <see cref="All"/>.</param>
    /// <param name="parameter">The number of its parameter.</param>
    public static string Placeholder(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"${parameter}{(column == Search ? TsVector : "")}");

    /// <summary>A value of <see cref="All"/> in a statement that reads it from a row of texts and booleans.</summary>
    /// <param name="i">The position of the column.</param>
    public static string FromText(int i) => $"r.{All[i]}{Types[i] switch
    {
        _ when All[i] == Search => TsVector,
        NpgsqlDbType.Array | NpgsqlDbType.Bigint => "::bigint[]",
        NpgsqlDbType.Array | NpgsqlDbType.Text => "::text[]",
        _ => "",
    }}";
}
