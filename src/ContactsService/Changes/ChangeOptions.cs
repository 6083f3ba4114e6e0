using System.ComponentModel.DataAnnotations;

namespace ContactsService.Changes;

/// <summary>The section <c>Changes</c> of the settings.</summary>
internal sealed class ChangeOptions
{
    /// <summary>
    /// How long deletions are remembered, in days, 0 to 36500; 0 is for ever. Tokens that are older than a forgotten deletion are refused.
    /// </summary>
    [Range(0, 36_500)]
    public int KeepDeletionsDays { get; init; }

    /// <summary>The most requests of one caller that wait for changes at the same time, open streams among them, 1 to 100000.</summary>
    [Range(1, 100_000)]
    public int WaitsPerCaller { get; init; } = 50;
}
