using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>What is set for your organization.</summary>
public sealed record OrganizationSettings
{
    /// <summary>
    /// The country in which national phone numbers are dialled: two letters of ISO 3166-1 such as <c>DE</c>, upper case when read. When
    /// null, national numbers are compared digit by digit.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>The ETag of the settings, to replace only what was read; null when the service sent none.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
