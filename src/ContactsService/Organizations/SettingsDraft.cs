using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Organizations;

/// <summary>The settings to store.</summary>
internal sealed record SettingsDraft
{
    internal const int RegionLength = 2;

    /// <summary>
    /// The country in which national phone numbers are dialled: two letters of ISO 3166-1 such as DE, in any case. When null or left out,
    /// no region is set, and national numbers are compared digit by digit.
    /// </summary>
    [TakesNull]
    [MaxLength(RegionLength)]
    public string? Region { get; init; }

    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static SettingsDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var region = members.Text("region");
        members.RefuseUnknown();
        var known = NumberingPlans.Find(region)?.Region;
        if (region is not null && known is null)
        {
            members.Refuse("region", "Must be a country of ISO 3166-1 with two letters, such as DE, or null.");
        }

        errors.ThrowIfAny();
        return new() { Region = known };
    }
}

/// <summary>The settings as they are answered. What is not set is absent.</summary>
internal sealed record SettingsDocument
{
    /// <summary>The country in which national numbers are dialled: two upper-case letters of ISO 3166-1; absent when not set.</summary>
    [MaxLength(SettingsDraft.RegionLength)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }
}
