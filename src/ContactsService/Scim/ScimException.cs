using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Ends a SCIM request with an error (RFC 7644, 3.12); nothing it did is stored.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="scimType">One of table 9 of RFC 7644; null where none fits.</param>
/// <param name="detail">What is wrong, safe to show to the caller.</param>
internal sealed class ScimException(int status, string? scimType, string detail) : Exception(detail)
{
    private const int MaxQuoteLength = 100;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The detail error keyword; null where none fits.</summary>
    public string? ScimType { get; } = scimType;

    /// <summary>A failure that arose outside of this room, in the words of SCIM.</summary>
    public static ScimException Of(ProblemException failure)
    {
        var detail = failure.Errors.Count == 0
            ? failure.Message
            : string.Join(" ", failure.Errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"));
        var scimType = failure.Problem.Code switch
        {
            "invalid-json" or "unknown-parameter" => "invalidSyntax",
            "invalid-members" => "invalidValue",
            _ => null,
        };
        return new(failure.Problem.Status, scimType, detail);
    }

    /// <summary>A filter that cannot be read, or asks for what the attribute's type does not offer.</summary>
    public static ScimException InvalidFilter(string detail) => new(400, "invalidFilter", detail);

    /// <summary>A path that names no attribute.</summary>
    public static ScimException InvalidPath(string detail) => new(400, "invalidPath", detail);

    /// <summary>A body that has not the form of its message.</summary>
    public static ScimException InvalidSyntax(string detail) => new(400, "invalidSyntax", detail);

    /// <summary>A value that is missing, or that the attribute cannot hold.</summary>
    public static ScimException InvalidValue(string detail) => new(400, "invalidValue", detail);

    /// <summary>A path whose filter matches nothing, or a removal of nothing named.</summary>
    public static ScimException NoTarget(string detail) => new(400, "noTarget", detail);

    /// <summary>A change of what clients may not change.</summary>
    public static ScimException Mutability(string detail) => new(400, "mutability", detail);

    /// <summary>A caller's text in quotes, short enough for a message.</summary>
    public static string Quote(string text) => text.Length <= MaxQuoteLength ? $"'{text}'" : $"'{Cut(text)}…'";

    // Not between the halves of a surrogate pair: half a pair is no JSON text.
    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[MaxQuoteLength - 1]) ? MaxQuoteLength - 1 : MaxQuoteLength)];
}
