using System.Globalization;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>One filter of a query: an attribute, an operator and the values, of which any may hold.</summary>
internal sealed record Condition(Attribute Attribute, string Operator, IReadOnlyList<string> Values)
{
    private const int MaxValues = 100;

    /// <summary>True when the lookup index finds what it asks for.</summary>
    public bool IsLookup => Operator.Length == 0 && Attribute.HasLookup;

    /// <summary>Reads <c>name</c> or <c>name[operator]</c> and its values.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: an unknown attribute, operator or value; it names what is allowed.</exception>
    public static Condition Read(AttributeSet attributes, string parameter, IReadOnlyList<string> values)
    {
        var bracket = parameter.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? parameter : parameter[..bracket];
        var attribute = attributes.Find(name)
            ?? throw Refuse(parameter, $"There is no attribute '{name}'. Filter by one of: {attributes.Names}; or use sort, pageSize, pageToken, fields.");
        var @operator = bracket < 0 ? "" : parameter[(bracket + 1)..].TrimEnd(']');
        if ((bracket >= 0 && parameter[^1] != ']') || (bracket >= 0 && @operator.Length == 0) || !attribute.Operators.Contains(@operator, StringComparer.Ordinal))
        {
            throw Refuse(parameter, $"'{name}' takes {Allowed(attribute)}.");
        }

        if (values.Count > MaxValues)
        {
            throw Refuse(parameter, $"Give at most {MaxValues} values.");
        }

        return new(attribute, @operator, [.. values.Select(value => Normalise(parameter, attribute, @operator, value))]);
    }

    /// <summary>
    /// The whole text, where <c>*</c> stands for any. For doors whose API has wildcards: native callers say startsWith and contains.
    /// </summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: no stored text is like that.</exception>
    public static Condition Like(Attribute attribute, string parameter, string pattern)
    {
        if (!TextLimits.IsStorable(pattern))
        {
            throw UnstorableValue(parameter);
        }

        // Numbers are stored by their digits; with a letter in it, the pattern is not of a number.
        var isNumber = attribute.Kind is AttributeKind.Phones && pattern.Any(char.IsDigit) && !pattern.Any(char.IsLetter);
        var parts = pattern.Split('*').Select(part => !isNumber ? CaseFolding.Text(part) : part.Any(char.IsDigit) ? CaseFolding.Phone(part) : "");
        return new(attribute, "like", [string.Join('%', parts.Select(Literal))]);
    }

    // What LIKE would read as its own wildcards or escapes (PostgreSQL, 9.7.1).
    private static string Literal(string text) => text
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    private static string Allowed(Attribute attribute) =>
        string.Join(", ", attribute.Operators.Select(one => one.Length == 0 ? $"{attribute.Name}=" : $"{attribute.Name}[{one}]="));

    private static string Normalise(string parameter, Attribute attribute, string @operator, string value)
    {
        if (!TextLimits.IsStorable(value))
        {
            throw UnstorableValue(parameter);
        }

        if (@operator == "exists")
        {
            return ReadFlag(parameter, value);
        }

        if (@operator is "startsWith" or "contains" && value.Length == 0)
        {
            throw Refuse(parameter, "An empty value would match everything; leave the filter out instead.");
        }

        return attribute.Kind switch
        {
            AttributeKind.Text or AttributeKind.Texts => CaseFolding.Text(value),
            AttributeKind.Tagged => @operator.Length == 0 || @operator is "ne" ? $"{attribute.Tag}:{CaseFolding.Text(value)}" : CaseFolding.Text(value),
            AttributeKind.Phones => CaseFolding.Phone(value),
            AttributeKind.Word => attribute.Words.FirstOrDefault(word => word.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw Refuse(parameter, $"The value is one of: {string.Join(", ", attribute.Words)}."),
            AttributeKind.Flag => ReadFlag(parameter, value),
            AttributeKind.Time => ReadTime(parameter, value),
            AttributeKind.Number => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? value : throw Refuse(parameter, "The value is a whole number."),
            _ => value,
        };
    }

    private static string ReadFlag(string parameter, string value) =>
        bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : throw Refuse(parameter, "The value is true or false.");

    private static string ReadTime(string parameter, string value)
    {
        // A plus sign that was not percent-encoded arrives as a blank.
        var text = value.Replace(' ', '+');
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        return DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : throw Refuse(parameter, "The value is a time such as 2026-01-31T08:30:00Z (a + in an offset is sent as %2B).");
    }

    private static ProblemException UnstorableValue(string parameter) =>
        Refuse(parameter, "The value holds U+0000 or half a surrogate pair, which no stored text does.");

    private static ProblemException Refuse(string parameter, string why) =>
        new(Problems.InvalidFilter, why) { Errors = { [parameter] = [why] } };
}
