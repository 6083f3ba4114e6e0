namespace ContactsService.Filtering;

/// <summary>How numbers are written in one region: a line of NumberingPlans.csv. Immutable.</summary>
internal sealed record NumberingPlan
{
    /// <summary>ISO 3166-1 alpha-2 in upper case; <c>001</c> for codes of no region.</summary>
    public required string Region { get; init; }

    /// <summary>The country code, without plus.</summary>
    public required string Code { get; init; }

    /// <summary>What is dialled before a country code, most usual first.</summary>
    public required DigitPattern[] InternationalPrefixes { get; init; }

    /// <summary>What is dialled before a national number and is no part of it. Empty where a leading zero is part of it.</summary>
    public required string[] NationalPrefixes { get; init; }

    /// <summary>The national (significant) numbers that are possible.</summary>
    public required DigitPattern[] Numbers { get; init; }

    /// <summary>Those of them that are also dialled without a national prefix, and differ from local numbers by it.</summary>
    public required DigitPattern[] NumbersWithoutPrefix { get; init; }

    /// <summary>How numbers of this region begin where several regions share a country code; empty for all others.</summary>
    public required string[] LeadingDigits { get; init; }

    /// <summary>Dialled forms that no prefix explains, and what is put in the place of their beginning.</summary>
    public required (DigitPattern Dialled, string Replacement)[] Rewrites { get; init; }

    /// <summary>The E.164 digits of a number as it is dialled in the region; null when it is no possible national number.</summary>
    public string? FromNational(ReadOnlySpan<char> dialled)
    {
        if (Rewritten(dialled) is { } rewritten)
        {
            return rewritten;
        }

        foreach (var prefix in NationalPrefixes)
        {
            if (dialled.StartsWith(prefix) && IsPossible(dialled[prefix.Length..]))
            {
                return string.Concat(Code, dialled[prefix.Length..]);
            }
        }

        return DigitPattern.AnyMatches(NumbersWithoutPrefix, dialled) ? string.Concat(Code, dialled) : null;
    }

    /// <summary>
    /// The E.164 digits of what stands behind the country code. People leave the national prefix in, as in +49 (0) 221:
    /// it goes when the number is possible without it only.
    /// </summary>
    public (string Digits, bool IsPossible) FromInternational(ReadOnlySpan<char> number)
    {
        if (IsPossible(number))
        {
            return (string.Concat(Code, number), true);
        }

        if (Rewritten(number) is { } rewritten)
        {
            return (rewritten, true);
        }

        foreach (var prefix in NationalPrefixes)
        {
            if (number.StartsWith(prefix) && IsPossible(number[prefix.Length..]))
            {
                return (string.Concat(Code, number[prefix.Length..]), true);
            }
        }

        // "(0)" is also written where there is no national prefix.
        return number.StartsWith('0') && IsPossible(number[1..])
            ? (string.Concat(Code, number[1..]), true)
            : (string.Concat(Code, number), false);
    }

    private bool IsPossible(ReadOnlySpan<char> number) => DigitPattern.AnyMatches(Numbers, number);

    private string? Rewritten(ReadOnlySpan<char> dialled)
    {
        foreach (var (pattern, replacement) in Rewrites)
        {
            if (pattern.Matches(dialled))
            {
                var rewritten = pattern.Replace(dialled, replacement);
                return rewritten[0] == '+' ? rewritten[1..] : Code + rewritten;
            }
        }

        return null;
    }
}
