using System.ComponentModel.DataAnnotations;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A contact as it is answered. What is not set is absent, never null.</summary>
internal sealed record ContactDocument
{
    /// <summary>A UUID version 7 where the service made it; exactly as sent otherwise.</summary>
    public required string ContactId { get; init; }

    /// <summary>CUSTOM or CLOUD.</summary>
    [AllowedValues("CUSTOM", "CLOUD")]
    public required string ContactType { get; init; }

    /// <summary>Custom, User or Queue.</summary>
    [AllowedValues("Custom", "User", "Queue")]
    public required string Type { get; init; }

    /// <summary>What it is called.</summary>
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

    /// <summary>Name of the manager.</summary>
    public string? Manager { get; init; }

    /// <summary>Only users of the directory have one.</summary>
    public string? UserName { get; init; }

    /// <summary>Only users of the directory have one.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>E-mail addresses.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get; init; }

    /// <summary>Phone numbers.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get; init; }

    /// <summary>SIP addresses.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get; init; }

    /// <summary>Postal address.</summary>
    public AddressInfo? AddressInfo { get; init; }

    /// <summary>Address of a picture.</summary>
    public string? AvatarURL { get; init; }

    /// <summary>Domain of the picture's address.</summary>
    public string? AvatarUrlDomain { get; init; }

    /// <summary>How the contact prefers to be reached.</summary>
    public string? PrimaryContactMethod { get; init; }

    /// <summary>The key that encrypts the values.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The key management object.</summary>
    public string? KmsResourceObjectUrl { get; init; }

    /// <summary>The schema the client said it writes by.</summary>
    public string? Schemas { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The user whose contact it is, or the organization.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Ids of the groups it is in; absent for contacts of the organization.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>With CLOUD contacts: whether the directory knows the person.</summary>
    public bool? Resolved { get; init; }

    /// <summary>When it was made and changed, and its version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A page of contacts.</summary>
internal sealed record ContactList
{
    /// <summary>In the order that was asked for.</summary>
    public required IReadOnlyList<EntryOf<ContactDocument>> Contacts { get; init; }

    /// <summary>All of the caller's groups; on the first page only.</summary>
    public IReadOnlyList<EntryOf<GroupDocument>>? Groups { get; init; }

    /// <summary>Leads to the next page; absent on the last.</summary>
    public string? NextPageToken { get; init; }
}
