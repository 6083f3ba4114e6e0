using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A draft as the table keeps it: the ready text, and beside it what is filtered and sorted by.</summary>
internal static class ContactRow
{
    /// <summary>The columns that a draft decides, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "contact_type", "type", "resolved", "body", "sort_name", "lookup",
        .. ContactField.All.Select(text => text.Column),
        .. ContactField.Address.Select(text => text.Column),
        "is_migration", "is_encrypted", "emails", "phone_numbers", "sip_addresses",
    ];

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public static IEnumerable<NpgsqlParameter> Values(BookKey book, ContactDraft draft, byte[] body)
    {
        var emails = Folded(draft.Emails, CaseFolding.Text);
        var phoneNumbers = Folded(draft.PhoneNumbers, CaseFolding.Phone);
        var sipAddresses = Folded(draft.SipAddresses, CaseFolding.Text);
        long[] lookup = [
            .. Hashes(book, "emails", emails), .. Hashes(book, "phone_numbers", phoneNumbers), .. Hashes(book, "sip_addresses", sipAddresses)];
        return [
            Statement.Value(draft.StoredContactType),
            Statement.Value(draft.StoredType),
            Statement.Value(draft.IsCustom ? null : (bool?)(book.IsShared && !draft.IsDeparted)),
            new NpgsqlParameter<byte[]> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Text },
            Statement.Value(CaseFolding.SortKey(draft.DisplayName is null ? null : CaseFolding.Text(draft.DisplayName))),
            Statement.Value(lookup),
            .. ContactField.All.Concat(ContactField.Address).Select(text => Statement.Value(text.Get(draft) is { } value ? CaseFolding.Text(value) : null)),
            Statement.Value(draft.IsMigration),
            Statement.Value((bool?)draft.IsEncrypted),
            Statement.Value(emails),
            Statement.Value(phoneNumbers),
            Statement.Value(sipAddresses),
        ];
    }

    // An empty list is kept as one in the text; to a filter it is as good as absent.
    private static string[]? Folded(IReadOnlyList<ContactPoint>? points, Func<string, string> fold) =>
        points is { Count: > 0 } ? [.. points.Select(point => fold(point.Value!))] : null;

    private static IEnumerable<long> Hashes(BookKey book, string column, string[]? entries) =>
        entries?.Select(entry => LookupHash.Of(book.Id, column, entry)) ?? [];
}
