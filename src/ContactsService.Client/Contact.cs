using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>
/// A contact, as it is read and as it is written. What is null is not set, or was left out by <see cref="ListQuery.Fields"/>.
/// A contact that was read can be changed with <c>with</c> and sent back: what the service owns is then not read.
/// </summary>
public sealed record Contact
{
    /// <summary>
    /// Required for CLOUD: the directory's id. For CUSTOM the service makes one when it is null. 1 to 128 of A–Z a–z 0–9 - . _ ~.
    /// </summary>
    public string? ContactId { get; init; }

    /// <summary>One of <see cref="ContactTypes"/>. Required, unless <see cref="Type"/> is Custom.</summary>
    public string? ContactType { get; init; }

    /// <summary>Custom, User or Queue; follows from <see cref="ContactType"/> when it is null.</summary>
    public string? Type { get; init; }

    /// <summary>What the contact is called. Required for CUSTOM.</summary>
    public string? DisplayName { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Middle names.</summary>
    public string? MiddleName { get; init; }

    /// <summary>What stands before the name, such as Dr.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>What stands behind the name, such as III.</summary>
    public string? NameSuffix { get; init; }

    /// <summary>Nickname.</summary>
    public string? Nickname { get; init; }

    /// <summary>Company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>Job title.</summary>
    public string? Title { get; init; }

    /// <summary>Department.</summary>
    public string? Department { get; init; }

    /// <summary>Name of the manager.</summary>
    public string? Manager { get; init; }

    /// <summary>Only users of the directory have one.</summary>
    public string? UserName { get; init; }

    /// <summary>Only users of the directory have one.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>E-mail addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get; init; }

    /// <summary>Phone numbers, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get; init; }

    /// <summary>SIP addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get; init; }

    /// <summary>Addresses for instant messages, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? InstantMessages { get; init; }

    /// <summary>Addresses of pages about the contact, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? Urls { get; init; }

    /// <summary>
    /// The primary one of <see cref="Addresses"/>, else the first; may be written instead of them. With both, <c>invalid-members</c> unless
    /// they agree: whoever changes one by <c>with</c> sets the other to null.
    /// </summary>
    public AddressInfo? AddressInfo { get; init; }

    /// <summary>Postal addresses, at most 100.</summary>
    public IReadOnlyList<ContactAddress>? Addresses { get; init; }

    /// <summary>Day of birth: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Birthday { get; init; }

    /// <summary>Anniversary: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Anniversary { get; init; }

    /// <summary>Notes.</summary>
    public string? Notes { get; init; }

    /// <summary>Attributes of your own, at most 100. Keys have 1 to 64 characters of A–Z a–z 0–9 . _ - :.</summary>
    public IReadOnlyDictionary<string, CustomValue>? Custom { get; init; }

    /// <summary>Address of a picture; any text.</summary>
    [JsonPropertyName("avatarURL")]
    public string? AvatarUrl { get; init; }

    /// <summary>Domain of the picture's address.</summary>
    public string? AvatarUrlDomain { get; init; }

    /// <summary>How the contact prefers to be reached, in your words.</summary>
    public string? PrimaryContactMethod { get; init; }

    /// <summary>The key that encrypts the values, if you encrypt them.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The key management object, if you encrypt the values.</summary>
    public string? KmsResourceObjectUrl { get; init; }

    /// <summary>The schema you write by.</summary>
    public string? Schemas { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The user whose contact it is, or the organization; yourself when it is null.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Ids of the groups it is in, at most 100; your default group when null or empty. Organization contacts have none.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>With CLOUD contacts: whether the directory knows the person. The service's own.</summary>
    public bool? Resolved { get; init; }

    /// <summary>When it was made and changed. The service's own.</summary>
    public Meta? Meta { get; init; }

    /// <summary>The version that was read, for If-Match; null for entries of a list, which come without.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
