using System.Globalization;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>Reads filters as callers write them: <c>name=value</c>, <c>name[operator]=value</c>, and patterns.</summary>
internal static class FilterReader
{
    /// <summary>The most characters of a part of a text. No index answers what texts contain: each is searched for the part.</summary>
    public const int MaxPartLength = 256;

    private const int MaxValues = 100;

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Reads <c>name</c> or <c>name[operator]</c> and its values.</summary>
    /// <exception cref="ProblemException">
    /// <c>invalid-filter</c>: an unknown attribute, operator or value; it names what is allowed.
    /// </exception>
    public static Comparison Read(AttributeSet attributes, string parameter, IReadOnlyList<string> values)
    {
        var bracket = parameter.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? parameter : parameter[..bracket];
        var attribute = attributes.Find(name)
            ?? throw Refuse(
                parameter,
                $"`{name}` is not a filterable attribute. Use one of: {attributes.Names}; "
                + $"or {string.Join(", ", attributes.OtherParameters)}.");
        var comparison = ReadOperator(attribute, bracket < 0 ? null : parameter[bracket..])
            ?? throw Refuse(parameter, $"`{parameter}` is not an operator of `{attribute.Name}`. Use one of: {Allowed(attribute)}.");
        if (values.Count > MaxValues)
        {
            throw Refuse(parameter, $"A filter takes at most {MaxValues} values.");
        }

        return new(attribute, comparison, [.. values.Select(value => Normalise(parameter, attribute, comparison, value))]);
    }

    /// <summary>
    /// The whole text, where <c>*</c> stands for any. For adapters whose API has wildcards: native callers write startsWith and contains.
    /// </summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: no stored text is like that.</exception>
    public static Comparison Like(Attribute attribute, string parameter, string pattern)
    {
        if (!TextLimits.IsStorable(pattern))
        {
            throw UnstorableValue(parameter);
        }

        RequireShort(parameter, pattern);

        // Numbers are stored by their digits; with a letter in it, the pattern is not of a number.
        var isNumber = attribute.Kind is AttributeKind.Phones && pattern.Any(char.IsDigit) && !pattern.Any(char.IsLetter);
        var parts = pattern.Split('*').Select(part => isNumber ? Digits(part) : CaseFolding.Text(part));
        return new(attribute, ComparisonOperator.Like, string.Join('%', parts.Select(Literal)));
    }

    private static string Digits(string part) => part.Any(char.IsDigit) ? CaseFolding.Phone(part) : "";

    // What LIKE would read as its own wildcards or escapes (PostgreSQL, 9.7.1).
    private static string Literal(string text) => text
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    // Empty brackets are no spelling of equality.
    private static ComparisonOperator? ReadOperator(Attribute attribute, string? brackets) => brackets switch
    {
        null => ComparisonOperator.Equal,
        ['[', _, .., ']'] => OperatorNames.Find(attribute.Kind, brackets[1..^1]),
        _ => null,
    };

    private static string Allowed(Attribute attribute) =>
        string.Join(", ", attribute.Operators.Select(name => name.Length == 0 ? $"{attribute.Name}=" : $"{attribute.Name}[{name}]="));

    private static string Normalise(string parameter, Attribute attribute, ComparisonOperator comparison, string value)
    {
        if (!TextLimits.IsStorable(value))
        {
            throw UnstorableValue(parameter);
        }

        if (comparison is ComparisonOperator.Exists)
        {
            return ReadFlag(parameter, value);
        }

        if (comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains && value.Length == 0)
        {
            throw Refuse(parameter, "An empty value would match everything. Leave the filter out instead.");
        }

        if (comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains)
        {
            RequireShort(parameter, value);
        }

        return attribute.Kind switch
        {
            AttributeKind.Text or AttributeKind.Texts => CaseFolding.Text(value),
            AttributeKind.Tagged => comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual
                ? $"{attribute.Tag}:{CaseFolding.Text(value)}" : CaseFolding.Text(value),
            AttributeKind.Phones => CaseFolding.Phone(value),
            AttributeKind.Word => attribute.Words.FirstOrDefault(word => word.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw Refuse(parameter, $"The value must be one of: {string.Join(", ", attribute.Words)}."),
            AttributeKind.Flag => ReadFlag(parameter, value),
            AttributeKind.Time => ReadTime(parameter, value),
            AttributeKind.Date => IsDate(comparison, value)
                ? value : throw Refuse(parameter, "The value must be a date such as 2001-02-03, 2001-02 or --02-03."),
            AttributeKind.Number => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? value : throw Refuse(parameter, "The value must be a whole number."),
            _ => value,
        };
    }

    /// <summary>True for a part of a text that is searched for.</summary>
    public static bool IsShortEnough(string part) => part.Length - part.Count(char.IsLowSurrogate) <= MaxPartLength;

    private static void RequireShort(string parameter, string part)
    {
        if (!IsShortEnough(part))
        {
            throw Refuse(
                parameter, $"A part of a text may have at most {MaxPartLength} characters. Filters for whole texts have no limit.");
        }
    }

    private static bool IsDate(ComparisonOperator comparison, string value) =>
        comparison is ComparisonOperator.StartsWith
        || PartialDate.IsValid(value)
        || (IsOrder(comparison) && PartialDate.IsYear(value));

    private static bool IsOrder(ComparisonOperator comparison) => comparison is
        ComparisonOperator.GreaterThan or ComparisonOperator.GreaterThanOrEqual
        or ComparisonOperator.LessThan or ComparisonOperator.LessThanOrEqual;

    private static string ReadFlag(string parameter, string value) =>
        bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : throw Refuse(parameter, "The value must be true or false.");

    private static string ReadTime(string parameter, string value)
    {
        // A plus sign that was not percent-encoded arrives as a blank.
        var text = value.Replace(' ', '+');
        return DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : throw Refuse(parameter, "The value must be a time such as 2026-01-31T08:30:00Z. Send the + of an offset as %2B.");
    }

    private static ProblemException UnstorableValue(string parameter) =>
        Refuse(parameter, "The value contains U+0000 or an unpaired surrogate, which no stored text contains.");

    private static ProblemException Refuse(string parameter, string why) =>
        new(Problems.InvalidFilter, why) { Errors = { [parameter] = [why] } };
}
