using System.ComponentModel.DataAnnotations;

namespace ContactsService.Webex;

/// <summary>The section <c>Webex</c> of the settings.</summary>
internal sealed class WebexOptions
{
    /// <summary>What stands before <c>/encrypt</c> in the addresses, such as <c>/contact/api/v1</c>.</summary>
    [RegularExpression("(/[A-Za-z0-9._~-]+)*/?", ErrorMessage =
        "It is a path of letters, digits and - . _ ~ that begins with a slash, such as /contact/api/v1")]
    public string Prefix { get; init; } = "/";
}
