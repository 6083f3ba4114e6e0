namespace ContactsService.Filtering;

/// <summary>
/// A phone number without its spelling: the form in which stored numbers and those asked for are compared.
/// </summary>
/// <param name="Digits">
/// The E.164 digits when they can be known: the number is international, or national and possible in the region. Otherwise the digits as
/// written, which may hold * and # (service codes).
/// </param>
/// <param name="Extension">The digits of the extension; null for none.</param>
/// <param name="IsInternational">Whether <paramref name="Digits"/> are E.164.</param>
internal readonly record struct PhoneNumber(string Digits, string? Extension, bool IsInternational)
{
    private const string UsualPrefix = "00";

    /// <summary>Reads a number in any spelling; null when the text has no digit or is no phone number. Thread safe.</summary>
    /// <param name="text">
    /// As it is asked for, where a leading blank may be a plus that a query string lost; stored texts without leading blanks.
    /// </param>
    /// <param name="region">
    /// ISO 3166-1 alpha-2 in any case: what national numbers mean. Null or one without a plan: digits are compared.
    /// </param>
    public static PhoneNumber? Parse(string text, string? region)
    {
        Span<char> buffer = stackalloc char[PhoneNumberReader.MaxDigits];
        var reader = new PhoneNumberReader(text, buffer);
        if (!reader.Read())
        {
            return null;
        }

        var international = reader.IsServiceCode ? null : Normalize(reader.Digits, reader.Plus, NumberingPlans.Find(region));
        return new(international ?? reader.Digits.ToString(), reader.Extension, international is not null);
    }

    /// <summary>
    /// Whether a search for one of them finds the other: the same number, and no other extension. Digits are compared even where one
    /// number is international and the other is not: 49221… is what many networks send for +49221….
    /// </summary>
    public bool Matches(PhoneNumber other) =>
        Digits == other.Digits && (Extension is null || other.Extension is null || Extension == other.Extension);

    private static string? Normalize(ReadOnlySpan<char> digits, PlusSign plus, NumberingPlan? plan)
    {
        if (plus != PlusSign.None
            && NumberingPlans.FromInternational(digits) is { } written
            && (written.IsPossible || plus == PlusSign.Written))
        {
            return written.Digits;
        }

        var isDialledAbroad = false;
        foreach (var prefix in plan?.InternationalPrefixes ?? [])
        {
            if (prefix.Matches(digits) && NumberingPlans.FromInternational(digits[prefix.Beginning.Length..]) is { } dialled)
            {
                if (dialled.IsPossible)
                {
                    return dialled.Digits;
                }

                isDialledAbroad = true;
            }
        }

        // Outside of its region, too, 00 is what most of the world writes for a plus.
        return plan?.FromNational(digits)
            ?? (!isDialledAbroad && digits.StartsWith(UsualPrefix) && NumberingPlans.FromInternational(digits[UsualPrefix.Length..])
                is { IsPossible: true } abroad ? abroad.Digits : null);
    }
}
