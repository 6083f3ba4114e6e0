using System.Globalization;

namespace ContactsService.Changes.Webhooks;

/// <summary>The pauses between the attempts at a message.</summary>
internal sealed class RetrySchedule(WebhookOptions options)
{
    /// <summary>How long a message is tried before its webhook is disabled.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromDays(3);

    // The first pauses are promised to the second.
    private const int ExactPauses = 3;
    private const double MaxJitter = 0.2;

    private readonly TimeSpan[] pauses =
        [.. options.RetrySeconds.Split(',').Select(text => TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture)))];

    /// <summary>The pause after so many failed attempts.</summary>
    public TimeSpan PauseAfter(int attempts)
    {
        var pause = pauses[Math.Min(attempts, pauses.Length) - 1];
#pragma warning disable CA5394 // nothing is secret about a pause
        return attempts <= ExactPauses ? pause : pause * (1 + (Random.Shared.NextDouble() * MaxJitter));
#pragma warning restore CA5394
    }
}
