using System.ComponentModel.DataAnnotations;
using ContactsService.Contacts;

namespace ContactsService.Webex;

/// <summary>All of your book that a Webex client can decrypt.</summary>
internal sealed record WebexListDocument
{
    /// <summary>All contacts that the client can decrypt.</summary>
    public required IReadOnlyList<WebexContactDocument> Contacts { get; init; }

    /// <summary>All groups whose names it can decrypt, oldest first.</summary>
    public required IReadOnlyList<WebexGroupDocument> Groups { get; init; }
}

/// <summary>
/// The members of a contact that a Webex client knows. Names, numbers and addresses are ciphertext; others are kept as they were sent.
/// </summary>
internal record WebexContactDraft
{
    /// <summary>Required for CLOUD: the directory's id.</summary>
    public string? ContactId { get; init; }

    /// <summary>CUSTOM or CLOUD.</summary>
    [AllowedValues("CUSTOM", "CLOUD")]
    public required string ContactType { get; init; }

    /// <summary>What the contact is called.</summary>
    public string? DisplayName { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>Job title.</summary>
    public string? Title { get; init; }

    /// <summary>Department.</summary>
    public string? Department { get; init; }

    /// <summary>Name of the manager, in plain text.</summary>
    public string? Manager { get; init; }

    /// <summary>E-mail addresses.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get; init; }

    /// <summary>Phone numbers.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get; init; }

    /// <summary>SIP addresses.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get; init; }

    /// <summary>Postal address.</summary>
    public WebexAddressDocument? AddressInfo { get; init; }

    /// <summary>Address of a picture.</summary>
    public string? AvatarURL { get; init; }

    /// <summary>Domain of the picture's address.</summary>
    public string? AvatarUrlDomain { get; init; }

    /// <summary>How the contact prefers to be reached.</summary>
    public string? PrimaryContactMethod { get; init; }

    /// <summary>Ids of groups; the default group when none of them is yours.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The key that encrypts the values.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The key management object.</summary>
    public string? KmsResourceObjectUrl { get; init; }

    /// <summary>urn:cisco:codev:identity:contact:core:1.0.</summary>
    public string? Schemas { get; init; }

    /// <summary>False when left out.</summary>
    public bool? IsMigration { get; init; }
}

/// <summary>A contact on the wire of the Webex SDK, as it was sent. Members that nobody knows are returned, too.</summary>
internal sealed record WebexContactDocument : WebexContactDraft
{
    /// <summary>Made by the service for CUSTOM, as sent for CLOUD.</summary>
    public new required string ContactId { get; init; }

    /// <summary>The user whose contact it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Ids of the groups it is in.</summary>
    public new required IReadOnlyList<string> Groups { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public new required bool IsMigration { get; init; }

    /// <summary>When it was made and changed.</summary>
    public required WebexMetaDocument Meta { get; init; }
}

/// <summary>A postal address; every part is ciphertext.</summary>
internal sealed record WebexAddressDocument
{
    /// <summary>Street and number.</summary>
    public string? Street { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>State or region.</summary>
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    public string? ZipCode { get; init; }

    /// <summary>Country.</summary>
    public string? Country { get; init; }
}

/// <summary>The members of a group that a Webex client knows.</summary>
internal sealed record WebexGroupDraft
{
    /// <summary>The name, as ciphertext.</summary>
    public required string DisplayName { get; init; }

    /// <summary>NORMAL when left out.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public string? GroupType { get; init; }

    /// <summary>The key that encrypts the name.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>urn:cisco:codev:identity:contact:core:1.0.</summary>
    public string? Schemas { get; init; }

    /// <summary>False when left out.</summary>
    public bool? IsMigration { get; init; }
}

/// <summary>A group on the wire of the Webex SDK. Members that nobody knows are returned, too.</summary>
internal sealed record WebexGroupDocument
{
    /// <summary>Made by the service.</summary>
    public required string GroupId { get; init; }

    /// <summary>The name, as ciphertext.</summary>
    public required string DisplayName { get; init; }

    /// <summary>NORMAL or EXTERNAL.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public required string GroupType { get; init; }

    /// <summary>The key that encrypts the name.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The user whose group it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public required bool IsMigration { get; init; }

    /// <summary>The contacts of the group that are in the same answer.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>When it was made and changed.</summary>
    public required WebexMetaDocument Meta { get; init; }
}

/// <summary>When something was made and changed.</summary>
internal sealed record WebexMetaDocument
{
    /// <summary>UTC, ISO 8601.</summary>
    public required DateTime Created { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public required DateTime LastModified { get; init; }
}
