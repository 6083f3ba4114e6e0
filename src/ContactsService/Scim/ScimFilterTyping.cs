using System.Globalization;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Fits operator and value to the attribute's type, so that what runs later meets no surprise.</summary>
internal static class ScimFilterTyping
{
    // xsd:dateTime (RFC 7643, 2.3.5), and a day alone.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <summary>The condition for a comparison.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>: the type has no such operator, or the value is of another type.</exception>
    public static ScimFilter Of(ScimOperand operand, ScimOperator comparison, ScimToken value)
    {
        if (value.Is("null"))
        {
            return Unset(operand, comparison);
        }

        operand = operand with { Path = Single(operand.Path) };
        RefuseOperator(operand.Path, comparison);
        return operand.Path.Target.Type switch
        {
            ScimType.Boolean => new ScimComparison(operand, comparison, ReadBoolean(operand.Path, value)),
            ScimType.DateTime => new ScimComparison(operand, comparison, ReadTime(operand.Path, value)),
            _ => new ScimComparison(operand, comparison, RequireShort(operand.Path, comparison, ReadText(operand.Path, value))),
        };
    }

    private static string RequireShort(ScimAttributePath path, ScimOperator comparison, string text) =>
        comparison is ScimOperator.Co or ScimOperator.Sw or ScimOperator.Ew && !FilterReader.IsShortEnough(text)
            ? throw ScimException.InvalidFilter(
                $"{path} is compared by {Name(comparison)} with at most {FilterReader.MaxPartLength} characters.")
            : text;

    // A null is the same as no value (RFC 7643, 2.5).
    private static ScimFilter Unset(ScimOperand operand, ScimOperator comparison) => comparison switch
    {
        ScimOperator.Eq => new ScimNot(new ScimPresent(operand)),
        ScimOperator.Ne => new ScimPresent(operand),
        _ => throw ScimException.InvalidFilter($"null is compared by eq and ne only, not by {Name(comparison)}."),
    };

    // emails eq "x" means emails.value eq "x" (RFC 7644, 3.4.2.2, of attributes with a sub-attribute "value").
    private static ScimAttributePath Single(ScimAttributePath path)
    {
        if (path.Target.Type is not ScimType.Complex)
        {
            return path;
        }

        return path.Attribute.Value is { } value
            ? path with { Sub = value }
            : throw ScimException.InvalidFilter($"{path} is complex: name the sub-attribute that is to be compared.");
    }

    private static void RefuseOperator(ScimAttributePath path, ScimOperator comparison)
    {
        var fits = path.Target.Type switch
        {
            ScimType.Boolean or ScimType.Binary => comparison is ScimOperator.Eq or ScimOperator.Ne,
            ScimType.DateTime => comparison is not (ScimOperator.Co or ScimOperator.Sw or ScimOperator.Ew),
            _ => true,
        };
        if (!fits)
        {
            throw ScimException.InvalidFilter($"{path} is not compared by {Name(comparison)}.");
        }
    }

    // Entra ID writes booleans as strings.
    private static bool ReadBoolean(ScimAttributePath path, ScimToken value) =>
        bool.TryParse(value.Text, out var flag) ? flag : throw ScimException.InvalidFilter($"{path} is compared to true or false.");

    private static DateTime ReadTime(ScimAttributePath path, ScimToken value) =>
        value.IsString && DateTimeOffset.TryParseExact(
            value.Text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw ScimException.InvalidFilter($"{path} is compared to a time such as \"2011-05-13T04:42:34Z\".");

    private static string ReadText(ScimAttributePath path, ScimToken value)
    {
        if (!value.IsString)
        {
            throw ScimException.InvalidFilter($"{path} is compared to a string in double quotes.");
        }

        return TextLimits.IsStorable(value.Text)
            ? value.Text
            : throw ScimException.InvalidFilter($"{path} is compared to a string that holds U+0000 or half a surrogate pair.");
    }

    private static string Name(ScimOperator comparison) => comparison.ToString().ToLowerInvariant();
}
