namespace ContactsService.Client;

/// <summary>
/// What to change of a contact (JSON Merge Patch, RFC 7396). A property that is never assigned stays as it is, one that is assigned null is
/// unset, a list is replaced whole: <c>new ContactPatch { Title = "Head", Manager = null }</c>. Not to be changed while it is sent.
/// </summary>
public sealed class ContactPatch
{
    internal PatchMembers Changes { get; } = new();

    /// <summary>What it is called; cannot be unset for CUSTOM.</summary>
    public string? DisplayName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>First name.</summary>
    public string? FirstName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Last name.</summary>
    public string? LastName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Middle names.</summary>
    public string? MiddleName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>What stands before the name.</summary>
    public string? NamePrefix { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>What stands behind the name.</summary>
    public string? NameSuffix { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Nickname.</summary>
    public string? Nickname { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Company.</summary>
    public string? CompanyName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Job title.</summary>
    public string? Title { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Department.</summary>
    public string? Department { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Name of the manager.</summary>
    public string? Manager { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>All e-mail addresses.</summary>
    public IReadOnlyList<ContactPoint>? Emails { get => Changes.Get<IReadOnlyList<ContactPoint>>(); set => Changes.Set(value); }

    /// <summary>All phone numbers.</summary>
    public IReadOnlyList<ContactPoint>? PhoneNumbers { get => Changes.Get<IReadOnlyList<ContactPoint>>(); set => Changes.Set(value); }

    /// <summary>All SIP addresses.</summary>
    public IReadOnlyList<ContactPoint>? SipAddresses { get => Changes.Get<IReadOnlyList<ContactPoint>>(); set => Changes.Set(value); }

    /// <summary>All addresses for instant messages.</summary>
    public IReadOnlyList<ContactPoint>? InstantMessages { get => Changes.Get<IReadOnlyList<ContactPoint>>(); set => Changes.Set(value); }

    /// <summary>All addresses of pages about it.</summary>
    public IReadOnlyList<ContactPoint>? Urls { get => Changes.Get<IReadOnlyList<ContactPoint>>(); set => Changes.Set(value); }

    /// <summary>Parts of the primary postal address, else of the first; null removes that address.</summary>
    public AddressPatch? AddressInfo { get => Changes.Get<AddressPatch>(); set => Changes.Set(value); }

    /// <summary>All postal addresses.</summary>
    public IReadOnlyList<ContactAddress>? Addresses { get => Changes.Get<IReadOnlyList<ContactAddress>>(); set => Changes.Set(value); }

    /// <summary>Day of birth: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Birthday { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Anniversary: 2001-02-03, 2001-02 or --02-03.</summary>
    public string? Anniversary { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Notes.</summary>
    public string? Notes { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The attributes of your own that change; null for a key removes it, null as a whole all of them.</summary>
    public IReadOnlyDictionary<string, CustomValue?>? Custom
    {
        get => Changes.Get<IReadOnlyDictionary<string, CustomValue?>>();
        set => Changes.Set(value);
    }

    /// <summary>Address of a picture.</summary>
    public string? AvatarUrl { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Domain of the picture's address.</summary>
    public string? AvatarUrlDomain { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>How it prefers to be reached.</summary>
    public string? PrimaryContactMethod { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The key that encrypts the values.</summary>
    public string? EncryptionKeyUrl { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The key management object.</summary>
    public string? KmsResourceObjectUrl { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The schema it is written by.</summary>
    public string? Schemas { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Whether it was brought over from another system.</summary>
    public bool? IsMigration { get => Changes.Flag(); set => Changes.Set(value); }

    /// <summary>Ids of all groups it is in; null moves it to the default group.</summary>
    public IReadOnlyList<string>? Groups { get => Changes.Get<IReadOnlyList<string>>(); set => Changes.Set(value); }
}
