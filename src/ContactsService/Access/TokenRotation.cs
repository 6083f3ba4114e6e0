using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>How to rotate a token.</summary>
internal sealed class TokenRotation
{
    private const int DefaultSeconds = 3_600;
    private const int MaxSeconds = 604_800;

    /// <summary>How long the old token works yet, in seconds, 0 to 604800; 3600 by default.</summary>
    [Range(0, MaxSeconds)]
    public int? OverlapSeconds { get; init; }

    /// <summary>Reads the body of <c>POST /tokens/{tokenId}/rotate</c>.</summary>
    public static TimeSpan Read(JsonBody body)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(body.Root, "", errors);
        var seconds = members.Number("overlapSeconds") ?? DefaultSeconds;
        if (seconds is < 0 or > MaxSeconds)
        {
            errors.Add("overlapSeconds", $"Must be between 0 and {MaxSeconds}.");
        }

        members.RefuseUnknown();
        errors.ThrowIfAny();
        return TimeSpan.FromSeconds(seconds);
    }
}
