using System.Buffers.Text;

namespace ContactsService.Filtering;

/// <summary>
/// Where a word stands. In the search index, a word is stored behind its book and its place, so that a search reads nothing else.
/// </summary>
internal enum SearchPlace
{
    /// <summary>A name, wherever else the word also stands.</summary>
    Name = 'n',

    /// <summary>Only an e-mail or SIP address.</summary>
    Address = 'r',

    /// <summary>The digits of a number.</summary>
    Number = 'e',

    /// <summary>Four digits of a number at every other place, or the last three. Others are found by those that they overlap.</summary>
    PartOfNumber = 'd',
}

/// <summary>Where a search looks.</summary>
internal enum SearchScope
{
    /// <summary>Everywhere.</summary>
    All,

    /// <summary>In names only.</summary>
    Names,

    /// <summary>At least in what is no name; when a word of names stands in an address, too, it need not be found.</summary>
    Others,
}

/// <summary>The entries of the search index (<c>contact.search</c>).</summary>
internal static class SearchKeys
{
    /// <summary>Digits that are looked for within a number.</summary>
    public const int MinDigits = 3;

    /// <summary>
    /// Digits of an entry for a part of a number. Fewer would find too much, more would make an entry for each number of an organization at
    /// each place.
    /// </summary>
    public const int WindowLength = 4;

    /// <summary>Every second place has an entry: each entry costs a write as much as a word does.</summary>
    public const int WindowStep = 2;

    /// <summary>
    /// How all entries of a book begin. Four characters: two books share them once in 16 million, and then read a few rows more; the book
    /// itself is in every condition.
    /// </summary>
    public static string Book(Guid bookId)
    {
        Span<byte> bytes = stackalloc byte[16];
        bookId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes[..3]);
    }

    /// <summary>The entry of a word. Words have neither quotes nor backslashes.</summary>
    public static string Of(string book, SearchPlace place, string word) => $"'{book}{(char)place}{SearchText.Cut(word)}'";
}
