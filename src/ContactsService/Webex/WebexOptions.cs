namespace ContactsService.Webex;

/// <summary>The section <c>Webex</c> of the settings.</summary>
internal sealed class WebexOptions
{
    /// <summary>The path before <c>/encrypt</c>, such as <c>/contact/api/v1</c>.</summary>
    public string Prefix { get; init; } = "/";
}
