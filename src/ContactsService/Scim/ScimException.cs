using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Ends a SCIM request with an error (RFC 7644, 3.12). Nothing that the request did is stored.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="scimType">An error type of RFC 7644, table 9; null when none fits.</param>
/// <param name="detail">What is wrong, safe to show to the caller.</param>
internal sealed class ScimException(int status, string? scimType, string detail) : Exception(detail)
{
    private const int MaxQuoteLength = 100;

    public int Status { get; } = status;

    /// <summary>The error type of RFC 7644, table 9; null when none fits.</summary>
    public string? ScimType { get; } = scimType;

    /// <summary>Converts a problem of another module to a SCIM error.</summary>
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

    /// <summary>The filter cannot be read, or does not fit the type of the attribute.</summary>
    public static ScimException InvalidFilter(string detail) => new(400, "invalidFilter", detail);

    /// <summary>The path does not name an attribute.</summary>
    public static ScimException InvalidPath(string detail) => new(400, "invalidPath", detail);

    /// <summary>The body does not have the form of its message.</summary>
    public static ScimException InvalidSyntax(string detail) => new(400, "invalidSyntax", detail);

    /// <summary>A value is missing, or the attribute cannot hold it.</summary>
    public static ScimException InvalidValue(string detail) => new(400, "invalidValue", detail);

    /// <summary>The filter of a path matches nothing, or a removal has no path.</summary>
    public static ScimException NoTarget(string detail) => new(400, "noTarget", detail);

    /// <summary>The attribute cannot be changed by clients.</summary>
    public static ScimException Mutability(string detail) => new(400, "mutability", detail);

    /// <summary>Quotes a text of the caller, shortened for a message.</summary>
    public static string Quote(string text) => text.Length <= MaxQuoteLength ? $"'{text}'" : $"'{Cut(text)}…'";

    // Not between the halves of a surrogate pair: a lone half is not valid JSON text.
    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[MaxQuoteLength - 1]) ? MaxQuoteLength - 1 : MaxQuoteLength)];
}
