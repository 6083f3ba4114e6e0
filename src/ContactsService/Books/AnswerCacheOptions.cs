using System.ComponentModel.DataAnnotations;

namespace ContactsService.Books;

/// <summary>The settings of <see cref="AnswerCache"/>.</summary>
internal sealed class AnswerCacheOptions
{
    /// <summary>The most memory that kept answers take, in megabytes; 0 keeps none.</summary>
    [Range(0, 65_536)]
    public int MaxMegabytes { get; set; } = 64;
}
