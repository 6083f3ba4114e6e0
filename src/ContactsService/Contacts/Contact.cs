using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A contact, as it is written and as it is answered. What is not set is absent, never null.</summary>
internal record Contact
{
    /// <summary>
    /// Required for CLOUD: the directory's id, kept as it is. For CUSTOM the service makes one when it is left out. 1 to 128 characters of
    /// A–Z a–z 0–9 - . _ ~.
    /// </summary>
    public string? ContactId { get; set; }

    /// <summary>CUSTOM or CLOUD. Required, unless type is Custom.</summary>
    [AllowedValues("CUSTOM", "CLOUD")]
    public string? ContactType { get; set; }

    /// <summary>Custom, User or Queue, in any case; follows from contactType when left out (CLOUD: User).</summary>
    [AllowedValues("Custom", "User", "Queue")]
    public string? Type { get; set; }

    /// <summary>What the contact is called. Required for CUSTOM. Also accepted as name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>Middle names.</summary>
    public string? MiddleName { get; set; }

    /// <summary>What stands before the name, such as Dr.</summary>
    public string? NamePrefix { get; set; }

    /// <summary>What stands behind the name, such as III.</summary>
    public string? NameSuffix { get; set; }

    /// <summary>Nickname.</summary>
    public string? Nickname { get; set; }

    /// <summary>Company.</summary>
    public string? CompanyName { get; set; }

    /// <summary>Job title.</summary>
    public string? Title { get; set; }

    /// <summary>Department.</summary>
    public string? Department { get; set; }

    /// <summary>Name of the manager.</summary>
    public string? Manager { get; set; }

    /// <summary>Only users of the directory have one.</summary>
    public string? UserName { get; set; }

    /// <summary>Only users of the directory have one.</summary>
    public string? EmployeeId { get; set; }

    /// <summary>E-mail addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get; set; }

    /// <summary>Phone numbers, at most 100. Also accepted as phoneNumber: a string or a list.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get; set; }

    /// <summary>SIP addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get; set; }

    /// <summary>Addresses for instant messages, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? InstantMessages { get; set; }

    /// <summary>Addresses of pages about the contact, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? Urls { get; set; }

    /// <summary>
    /// The primary one of addresses, else the first. May be written instead of addresses: as the only one; by a patch, as a change of the
    /// one that it shows. With addresses, it has to say the same.
    /// </summary>
    public AddressInfo? AddressInfo { get; set; }

    /// <summary>Postal addresses, at most 100.</summary>
    public IReadOnlyList<ContactAddress>? Addresses { get; set; }

    /// <summary>Day of birth: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Birthday { get; set; }

    /// <summary>Anniversary: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Anniversary { get; set; }

    /// <summary>Notes.</summary>
    public string? Notes { get; set; }

    /// <summary>
    /// Attributes of your own, at most 100: texts, numbers and booleans. Keys have 1 to 64 characters of A–Z a–z 0–9 . _ - :. Numbers are
    /// kept as they are spelt. A patch changes the keys that it names; null removes one.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Custom { get; set; }

    /// <summary>Address of a picture.</summary>
    public string? AvatarURL { get; set; }

    /// <summary>Domain of the picture's address.</summary>
    public string? AvatarUrlDomain { get; set; }

    /// <summary>How the contact prefers to be reached, in the caller's words.</summary>
    public string? PrimaryContactMethod { get; set; }

    /// <summary>Ids of your groups, at most 100; the default group when left out or empty. Organization contacts have none.</summary>
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>The key that encrypts the values, as the client wants it kept.</summary>
    public string? EncryptionKeyUrl { get; set; }

    /// <summary>The key management object, as the client wants it kept.</summary>
    public string? KmsResourceObjectUrl { get; set; }

    /// <summary>The schema the client says it writes by.</summary>
    public string? Schemas { get; set; }

    /// <summary>True when it was brought over from another system.</summary>
    public bool? IsMigration { get; set; }

    /// <summary>
    /// The user whose contact it is, or the organization. Yourself (or me) when left out; an admin writes an organization contact by giving
    /// the organization's id.
    /// </summary>
    public string? OwnerId { get; set; }

    /// <summary>With CLOUD contacts: whether the directory knows the person.</summary>
    [ReadOnly(true)]
    public bool? Resolved { get; init; }

    /// <summary>When it was made and changed, and its version.</summary>
    [ReadOnly(true)]
    public MetaDocument? Meta { get; init; }

    /// <summary><see cref="Addresses"/> as they are stored: <see cref="AddressInfo"/> alone is the only one.</summary>
    internal IReadOnlyList<ContactAddress>? StoredAddresses => Addresses ?? (AddressInfo is null ? null : [new(AddressInfo)]);

    /// <summary><see cref="AddressInfo"/> as it is stored.</summary>
    internal AddressInfo? StoredAddressInfo => ContactAddress.Preferred(StoredAddresses)?.ToAddressInfo();

    /// <summary>True for what its owner made up, false for a reference to the directory.</summary>
    internal bool IsCustom => StoredContactType == "CUSTOM";

    /// <summary><see cref="ContactType"/> as it is stored.</summary>
    internal string StoredContactType => ContactType?.ToUpperInvariant() ?? "CUSTOM";

    /// <summary><see cref="Type"/> as it is stored.</summary>
    internal string StoredType =>
        ContactAttributes.Types.FirstOrDefault(type => type.Equals(Type, StringComparison.OrdinalIgnoreCase))
            ?? (IsCustom ? "Custom" : "User");
}
