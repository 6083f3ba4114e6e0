using System.Reflection;

namespace ContactsService.Filtering;

/// <summary>The numbering plans of all regions, from NumberingPlans.csv; <c>docs/numbering.md</c> has their sources.</summary>
internal static class NumberingPlans
{
    private const int MaxCodeLength = 3;

    // Empty means none here, also where an earlier line has the same country code.
    private const int LeadingDigitsColumn = 7;

    private static readonly NumberingPlan[] All = ReadAll();

    private static readonly Dictionary<string, NumberingPlan> Regions =
        All.Where(plan => char.IsAsciiLetter(plan.Region[0])).ToDictionary(plan => plan.Region, StringComparer.OrdinalIgnoreCase);

    // By country code. The plan of all numbers that no other region's leading digits claim comes last.
    private static readonly NumberingPlan[]?[] Codes = GroupByCode();

    /// <summary>Every region there is a plan for, as ISO 3166-1 alpha-2 in upper case.</summary>
    public static IReadOnlyCollection<string> AllRegions => Regions.Keys;

    /// <summary>The plan of a region, in any case; null when there is none.</summary>
    public static NumberingPlan? Find(string? region) => region is null ? null : Regions.GetValueOrDefault(region);

    /// <summary>
    /// The E.164 digits of a country code and a number, and whether the number is possible; null when no code begins so.
    /// </summary>
    public static (string Digits, bool IsPossible)? FromInternational(ReadOnlySpan<char> digits)
    {
        var code = 0;
        for (var length = 1; length <= Math.Min(MaxCodeLength, digits.Length - 1) && char.IsAsciiDigit(digits[length - 1]); length++)
        {
            code = code * 10 + digits[length - 1] - '0';
            if (Codes[code] is { } plans)
            {
                return PlanOf(plans, digits[length..]).FromInternational(digits[length..]);
            }
        }

        return null;
    }

    private static NumberingPlan PlanOf(NumberingPlan[] plans, ReadOnlySpan<char> number)
    {
        foreach (var plan in plans)
        {
            foreach (var leading in plan.LeadingDigits)
            {
                if (number.StartsWith(leading))
                {
                    return plan;
                }
            }
        }

        return plans[^1];
    }

    private static NumberingPlan[]?[] GroupByCode()
    {
        var codes = new NumberingPlan[]?[1000];
        foreach (var plans in All.GroupBy(plan => int.Parse(plan.Code, System.Globalization.CultureInfo.InvariantCulture)))
        {
            codes[plans.Key] = [.. plans.Skip(1), plans.First()];
        }

        return codes;
    }

    private static NumberingPlan[] ReadAll()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("NumberingPlans.csv")!;
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Skip(1)
            .Select(line => line.TrimEnd('\r').Split(';')).ToList();
        return [.. rows.Select(row => Read(row, rows))];
    }

    /// <summary>A line, which takes what it leaves empty from the first line with the same country code.</summary>
    private static NumberingPlan Read(string[] row, List<string[]> rows)
    {
        var first = rows.First(other => other[1] == row[1]);
        string[] List(int column)
        {
            var source = row[column].Length == 0 && column != LeadingDigitsColumn ? first : row;
            return source[column].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        string[] nationalPrefixes = List(4) is ["kept"] ? [] : List(3);
        return new()
        {
            Region = row[0],
            Code = row[1],
            InternationalPrefixes = [.. List(2).Select(prefix => DigitPattern.Parse(prefix, isPrefix: true))],
            NationalPrefixes = nationalPrefixes,
            Numbers = [.. List(5).Select(text => DigitPattern.Parse(text))],
            NumbersWithoutPrefix = [.. List(nationalPrefixes.Length == 0 ? 5 : 6).Select(text => DigitPattern.Parse(text))],
            LeadingDigits = List(LeadingDigitsColumn),
            Rewrites = [.. List(8).SelectMany(text => ReadRewrites(text, rows))],
        };
    }

    /// <summary>
    /// <c>0XX:13-14></c> takes the beginning away, <c>0262:10>+262262</c> replaces it; <c>=FR</c> stands for the rewrites of FR.
    /// </summary>
    private static IEnumerable<(DigitPattern Dialled, string Replacement)> ReadRewrites(string text, List<string[]> rows)
    {
        if (text[0] == '=')
        {
            return rows.First(row => row[0] == text[1..])[8].Split(' ').SelectMany(other => ReadRewrites(other, rows));
        }

        var parts = text.Split('>');
        return [(DigitPattern.Parse(parts[0]), parts[1])];
    }
}
