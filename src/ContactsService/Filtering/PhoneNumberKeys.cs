using ContactsService.Http;

namespace ContactsService.Filtering;

/// <summary>
/// The keys by which the lookup index finds phone numbers for <c>caller=</c>: the last digits, which are the same however a number is
/// written. They do not depend on a region, so a change of the region changes no row. Numbers that share a key need not match.
/// </summary>
internal static class PhoneNumberKeys
{
    /// <summary>What stands for a column in the lookup hashes.</summary>
    public const string Column = "caller";

    // Six: what prefixes and the rewrites of the numbering plans change stands before the last six digits of a number.
    private const int TailLength = 6;

    // The shortest national numbers, such as those of Niue.
    private const int MinNationalLength = 4;

    // Three digits of a country code and fewer national ones than a tail has.
    private const int MaxShortInternationalLength = 3 + TailLength - 1;

    /// <summary>Reads a stored number; null for ciphertext and for what is no phone number.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="region">What national numbers mean; null when it is not known.</param>
    public static PhoneNumber? ReadStored(string text, string? region) =>
        Ciphertext.Is(text) ? null : PhoneNumber.Parse(text.TrimStart(), region);

    /// <summary>The keys of a stored number. One with an extension is found without it, too.</summary>
    public static IEnumerable<string> OfStored(string text)
    {
        if (ReadStored(text, region: null) is not { } number)
        {
            return [];
        }

        // A short number that is stored internationally may be asked for without its country code.
        var tails = IsShortInternational(number) ? Tails(number.Digits) : [Tail(number.Digits, TailLength)];
        return number.Extension is { } extension
            ? tails.SelectMany(tail => (string[])[WithAnyExtension(tail), WithExtension(tail, extension)])
            : tails;
    }

    /// <summary>The keys of what the number asked for may match.</summary>
    public static IEnumerable<string> OfAsked(PhoneNumber number) => Tails(number.Digits).SelectMany(tail => (string[])[
        tail, number.Extension is { } extension ? WithExtension(tail, extension) : WithAnyExtension(tail)]);

    /// <summary>Those of the keys that stand for the same extension, or for none when none is asked for: the best matches.</summary>
    public static IEnumerable<string> OfSameExtension(PhoneNumber number) =>
        Tails(number.Digits).Select(tail => number.Extension is { } extension ? WithExtension(tail, extension) : tail);

    // Zeros may be the international prefix: 00, or the 0 of Samoa.
    private static bool IsShortInternational(PhoneNumber number)
    {
        var digits = number.Digits.AsSpan().TrimStart('0');
        return digits.Length <= MaxShortInternationalLength
            && (number.IsInternational || NumberingPlans.FromInternational(digits) is { IsPossible: true });
    }

    private static string WithAnyExtension(string tail) => $"{tail};";

    private static string WithExtension(string tail, string extension) => $"{tail};{extension}";

    private static IEnumerable<string> Tails(string digits) =>
        Enumerable.Range(MinNationalLength, TailLength - MinNationalLength + 1)
            .Select(length => Tail(digits, length)).Distinct(StringComparer.Ordinal);

    // Without zeros in front, which may be the national prefix of a short number.
    private static string Tail(string digits, int length) => digits[^Math.Min(length, digits.Length)..].TrimStart('0');
}
