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
}
