using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>The values somebody wants a contact to have; every door makes one.</summary>
internal sealed class ContactDraft
{
    /// <summary>Required for CLOUD: the directory's id, kept as it is. For CUSTOM the service makes one when it is left out. 1 to 128 characters of A–Z a–z 0–9 - . _ ~.</summary>
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

    /// <summary>Company.</summary>
    public string? CompanyName { get; set; }

    /// <summary>Job title.</summary>
    public string? Title { get; set; }

    /// <summary>Department.</summary>
    public string? Department { get; set; }

    /// <summary>Name of the manager.</summary>
    public string? Manager { get; set; }

    /// <summary>E-mail addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get; set; }

    /// <summary>Phone numbers, at most 100. Also accepted as phoneNumber: a string or a list.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get; set; }

    /// <summary>SIP addresses, at most 100.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get; set; }

    /// <summary>Postal address.</summary>
    public AddressInfo? AddressInfo { get; set; }

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

    /// <summary>Yourself (or me) when left out; an admin writes an organization contact by giving the organization's id.</summary>
    public string? OwnerId { get; set; }

    /// <summary>Only the directory sets it.</summary>
    internal string? UserName { get; set; }

    /// <summary>Only the directory sets it.</summary>
    internal string? EmployeeId { get; set; }

    /// <summary>Ready JSON members that this model has no place for; kept as they are, beside it.</summary>
    internal string? Extra { get; init; }

    /// <summary>True when it comes from a client that encrypts: its texts are taken for ciphertext, and need not name anything.</summary>
    internal bool IsFromEncryptingClient { get; init; }

    /// <summary>True when groups that are not the caller's are left out, instead of refusing the draft.</summary>
    internal bool SkipsUnknownGroups { get; init; }

    /// <summary>True when a client that encrypts can read all of it: everything it would decrypt is ciphertext, and the key is named.</summary>
    internal bool IsEncrypted => !string.IsNullOrEmpty(EncryptionKeyUrl) && (IsFromEncryptingClient || IsAllCiphertext);

    // Such a client decrypts these, and leaves empty texts as they are.
    private bool IsAllCiphertext
    {
        get
        {
            var texts = ContactField.All.Where(text => text.IsEncrypted).Select(text => text.Get(this)).Where(text => !string.IsNullOrEmpty(text))
                .Concat(ContactField.Address.Select(text => text.Get(this)).Where(text => text is not null))
                .Concat(new[] { Emails, PhoneNumbers, SipAddresses }.SelectMany(points => points ?? []).Select(point => point.Value))
                .ToList();
            return texts.Count > 0 && texts.TrueForAll(Ciphertext.Is);
        }
    }

    /// <summary>True for what was in the directory once; those who have it keep the name.</summary>
    internal bool IsDeparted { get; init; }

    /// <summary>True for what its owner made up, false for a reference to the directory.</summary>
    internal bool IsCustom => StoredContactType == "CUSTOM";

    /// <summary><see cref="ContactType"/> as it is stored.</summary>
    internal string StoredContactType => ContactType?.ToUpperInvariant() ?? "CUSTOM";

    /// <summary><see cref="Type"/> as it is stored.</summary>
    internal string StoredType =>
        ContactAttributes.Types.FirstOrDefault(type => type.Equals(Type, StringComparison.OrdinalIgnoreCase)) ?? (IsCustom ? "Custom" : "User");
}
