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

    private static readonly IReadOnlyList<ContactColumn> OfFields = [.. ContactField.All.SelectMany(field => field.Columns)];

    /// <summary>The columns that a draft decides, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "contact_type", "type", "resolved", "body", "sort_name", "is_encrypted", "has_plain_text", "lookup", Search,
        .. OfFields.Select(column => column.Name),
    ];

    /// <summary>The types of <see cref="All"/>, as values are sent.</summary>
    public static readonly IReadOnlyList<NpgsqlDbType> Types =
    [
        NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Boolean, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Boolean,
        NpgsqlDbType.Boolean, NpgsqlDbType.Array | NpgsqlDbType.Bigint, NpgsqlDbType.Text,
        .. OfFields.Select(column => column.Type),
    ];

    /// <summary>The values of <see cref="All"/>; null for none.</summary>
    public static object?[] Row(BookKey book, ContactDraft draft, byte[] body)
    {
        var derived = DerivedColumns.Of(book.Id, draft, draft is { IsEncrypted: true, HasPlainText: false });
        return
        [
            draft.StoredContactType,
            draft.StoredType,
            draft.IsCustom ? null : book.IsShared && !draft.IsDeparted,
            body,
            derived.SortName,
            draft.IsEncrypted,
            draft.HasPlainText,
            derived.Lookup,
            derived.Search,
            .. OfFields.Select(column => column.Value(draft)),
        ];
    }

    /// <summary>The values of <see cref="All"/> as parameters.</summary>
    public static IEnumerable<NpgsqlParameter> Values(BookKey book, ContactDraft draft, byte[] body) =>
        Row(book, draft, body).Zip(Types, (value, type) => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    /// <summary>A value of <see cref="All"/> in a statement.</summary>
    /// <param name="column">One of <see cref="All"/>.</param>
    /// <param name="parameter">The number of its parameter.</param>
    public static string Placeholder(string column, int parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"${parameter}{Cast(column)}");

    /// <summary>What stands in a statement behind a value that is sent as another type; empty for most.</summary>
    public static string Cast(string column) => column == Search ? "::tsvector" : "";
}
