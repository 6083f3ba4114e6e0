using System.ComponentModel.DataAnnotations;

namespace ContactsService.Server;

/// <summary>The section <c>Cors</c> of the settings.</summary>
internal sealed class CorsSettings
{
    /// <summary>The sites whose pages may call, separated by commas; <c>*</c> for any, empty for none.</summary>
    // A path or a slash at the end would never be equal to what a browser sends (RFC 6454, 7).
    [RegularExpression(@"\*|\s*[A-Za-z][A-Za-z0-9+.-]*://[^/?#*,\s]+\s*(,\s*[A-Za-z][A-Za-z0-9+.-]*://[^/?#*,\s]+\s*)*|\s*", ErrorMessage =
        "It is *, or origins separated by commas, each a scheme and a host with an optional port, without a slash at the end, "
        + "such as https://desk.example:8443")]
    public string Origins { get; init; } = "*";
}
