using System.Globalization;
using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A draft as the table keeps it: the ready text, and beside it what is filtered and sorted by.</summary>
internal static class ContactColumns
{
    // Its value is sent as text.
    private const string Search = "search";

    private static readonly IReadOnlyList<ContactColumn> OfFields = [.. ContactField.All.SelectMany(field => field.Columns)];

    /// <summary>The columns that a draft decides, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "contact_type", "type", "resolved", "body", "sort_name", "is_encrypted", "has_plain_text", "lookup", Search,
        .. OfFields.Select(column => column.Name),
    ];

    /// <summary>The values of <see cref="All"/>.</summary>
    public static IEnumerable<NpgsqlParameter> Values(BookKey book, ContactDraft draft, byte[] body)
    {
        var derived = DerivedColumns.Of(book.Id, draft, draft is { IsEncrypted: true, HasPlainText: false });
        return [
            Statement.Value(draft.StoredContactType),
            Statement.Value(draft.StoredType),
            Statement.Value(draft.IsCustom ? null : (bool?)(book.IsShared && !draft.IsDeparted)),
            new NpgsqlParameter<byte[]> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Text },
            Statement.Value(derived.SortName),
            Statement.Value((bool?)draft.IsEncrypted),
            Statement.Value((bool?)draft.HasPlainText),
            Statement.Value(derived.Lookup),
            Statement.Value(derived.Search),
            .. OfFields.Select(column => column.Parameter(column.Value(draft))),
        ];
    }

    /// <summary>A value of <see cref="All"/> in a statement.</summary>
    /// <param name="column">One of <see cref="All"/>.</param>
    /// <param name="parameter">The number of its parameter.</param>
    public static string Placeholder(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"${parameter}{(column == Search ? "::tsvector" : "")}");
}
