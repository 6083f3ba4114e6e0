using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ContactsService.Changes.Webhooks;

/// <summary>The section <c>Webhooks</c> of the settings.</summary>
internal sealed class WebhookOptions
{
    /// <summary>
    /// True to call addresses that are not public, and plain http: for services that are deployed beside their receivers.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// The pauses between the attempts at a message, in seconds, separated by commas. The last one repeats, and those from the fourth on
    /// are up to a fifth longer, so that not all receivers are called at once.
    /// </summary>
    [SecondsList(ErrorMessage = "It is a list of 1 to 100 whole numbers of seconds from 1 to 99999, separated by commas")]
    public string RetrySeconds { get; init; } = "5,30,120,600,1800,3600,7200,14400,28800";
}

/// <summary>A list of pauses. (A regular expression would take an empty text, too.)</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsListAttribute : ValidationAttribute
{
    private const int MaxPauses = 100;
    private const int MaxSeconds = 99_999;

    public override bool IsValid(object? value) =>
        value is string text
        && text.Split(',') is { Length: <= MaxPauses } pauses
        && pauses.All(pause =>
            int.TryParse(pause, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 1 and <= MaxSeconds);
}
