using ContactsService.Filtering;
using ContactsService.Storage;

namespace ContactsService.Contacts;

/// <summary>The columns that are computed from the whole of a contact, for order and search.</summary>
/// <param name="SortName">Its place in lists.</param>
/// <param name="Lookup">Hashes by which its numbers and addresses are found.</param>
/// <param name="Search">The text of the tsvector by which its words are found.</param>
internal sealed record DerivedColumns(string SortName, long[] Lookup, string Search)
{
    private static readonly ContactField[] SearchedFields = [.. ContactField.All
        .Where(field => field.SearchedAs is not null)
        .OrderBy(field => Array.IndexOf([SearchPlace.Name, SearchPlace.Address, SearchPlace.Number], field.SearchedAs!.Value))];

    private static readonly ContactColumn[] LookupColumns =
        [.. ContactField.All.SelectMany(field => field.Columns).Where(column => column.HasLookup)];

    /// <summary>Computes them.</summary>
    /// <param name="bookId">The book of the contact.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="isCiphertext">True when a client has encrypted all that such clients encrypt, whatever it looks like.</param>
    public static DerivedColumns Of(Guid bookId, Contact contact, bool isCiphertext) =>
        new(SortText.Of(contact.DisplayName), LookupOf(bookId, contact), SearchOf(bookId, contact, isCiphertext));

    private static long[] LookupOf(Guid bookId, Contact contact) =>
    [
        .. LookupColumns.SelectMany(
            column => column.Value(contact) as string[] ?? [], (column, entry) => LookupHash.Of(bookId, column.Name, entry)),
        .. CallerKeys(contact).Select(key => LookupHash.Of(bookId, PhoneNumberKeys.Column, key)),
    ];

    private static IEnumerable<string> CallerKeys(Contact contact) =>
        (contact.PhoneNumbers ?? []).SelectMany(number => PhoneNumberKeys.OfStored(number.Value!)).Distinct(StringComparer.Ordinal);

    private static string SearchOf(Guid bookId, Contact contact, bool isCiphertext)
    {
        var search = new SearchVector(bookId);
        foreach (var field in SearchedFields.Where(field => !isCiphertext || !field.IsEncrypted))
        {
            foreach (var text in field.SearchedTexts(contact))
            {
                Add(search, field.SearchedAs!.Value, text);
            }
        }

        return search.ToString();
    }

    private static void Add(SearchVector search, SearchPlace place, string text)
    {
        switch (place)
        {
            case SearchPlace.Name:
                search.AddName(text);
                break;
            case SearchPlace.Address:
                search.AddAddress(text);
                break;
            default:
                search.AddNumber(text);
                break;
        }
    }
}
