using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A draft as the table keeps it: the ready text, and beside it what is filtered and sorted by.</summary>
internal static class ContactColumns
{
    private static readonly IReadOnlyList<ContactColumn> OfFields = [.. ContactField.All.SelectMany(field => field.Columns)];

    /// <summary>The columns that a draft decides, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "contact_type", "type", "resolved", "body", "sort_name", "is_encrypted", "has_plain_text", "lookup", .. OfFields.Select(column => column.Name),
    ];

    /// <summary>The values of <see cref="All"/>.</summary>
    public static IEnumerable<NpgsqlParameter> Values(BookKey book, ContactDraft draft, byte[] body)
    {
        var values = OfFields.Select(column => (Column: column, Value: column.Value(draft))).ToList();
        var lookup = values
            .Where(one => one.Column.HasLookup)
            .SelectMany(one => one.Value as string[] ?? [], (one, entry) => LookupHash.Of(book.Id, one.Column.Name, entry))
            .Concat(CallerKeys(draft).Select(key => LookupHash.Of(book.Id, PhoneNumberKeys.Column, key)))
            .ToArray();
        return [
            Statement.Value(draft.StoredContactType),
            Statement.Value(draft.StoredType),
            Statement.Value(draft.IsCustom ? null : (bool?)(book.IsShared && !draft.IsDeparted)),
            new NpgsqlParameter<byte[]> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Text },
            Statement.Value(CaseFolding.SortKey(draft.DisplayName is null ? null : CaseFolding.Text(draft.DisplayName))),
            Statement.Value((bool?)draft.IsEncrypted),
            Statement.Value((bool?)draft.HasPlainText),
            Statement.Value(lookup),
            .. values.Select(one => one.Column.Parameter(one.Value)),
        ];
    }

    private static IEnumerable<string> CallerKeys(Contact contact) =>
        (contact.PhoneNumbers ?? []).SelectMany(number => PhoneNumberKeys.OfStored(number.Value!)).Distinct(StringComparer.Ordinal);
}
