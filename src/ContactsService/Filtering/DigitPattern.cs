using System.Globalization;
using System.Numerics;

namespace ContactsService.Filtering;

/// <summary>
/// How a number begins and how long it is: <c>800:7-10</c> is 800 and 7 to 10 digits in all.
/// X is 0-9, Z is 1-9, N is 2-9, as in dial plans.
/// </summary>
internal readonly record struct DigitPattern(string Beginning, uint Lengths)
{
    private const uint AnyLength = uint.MaxValue;

    /// <summary>Reads <c>beginning:lengths</c>, <c>lengths</c> or, for a prefix, <c>beginning</c>.</summary>
    public static DigitPattern Parse(string text, bool isPrefix = false)
    {
        if (isPrefix)
        {
            return new(text, AnyLength);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var range = text[(colon + 1)..].Split('-');
        var (min, max) = (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[^1], CultureInfo.InvariantCulture));
        return new(text[..Math.Max(colon, 0)], (uint)((1UL << (max + 1)) - (1UL << min)));
    }

    public static bool AnyMatches(DigitPattern[] patterns, ReadOnlySpan<char> digits)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(digits))
            {
                return true;
            }
        }

        return false;
    }

    public bool Matches(ReadOnlySpan<char> digits)
    {
        if (digits.Length < Beginning.Length || digits.Length >= BitOperations.PopCount(AnyLength) || (Lengths >> digits.Length & 1) == 0)
        {
            return false;
        }

        for (var i = 0; i < Beginning.Length; i++)
        {
            var fits = Beginning[i] switch
            {
                'X' => true,
                'Z' => digits[i] != '0',
                'N' => digits[i] is not ('0' or '1'),
                var digit => digits[i] == digit,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The digits with another beginning; each X in it stands for the next digit that an X stood for here.</summary>
    public string Replace(ReadOnlySpan<char> digits, string replacement)
    {
        Span<char> beginning = stackalloc char[replacement.Length];
        var wildcard = -1;
        for (var i = 0; i < replacement.Length; i++)
        {
            wildcard = replacement[i] == 'X' ? Beginning.IndexOf('X', wildcard + 1) : wildcard;
            beginning[i] = replacement[i] == 'X' ? digits[wildcard] : replacement[i];
        }

        return string.Concat(beginning, digits[Beginning.Length..]);
    }
}
