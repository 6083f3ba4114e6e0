namespace ContactsService.Contacts;

/// <summary>An attribute of one text: where it is in a draft, in JSON and in the table.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="Column">The column of the folded value.</param>
/// <param name="Get">Reads the draft.</param>
/// <param name="Set">Writes the draft.</param>
internal sealed record ContactText(string Name, string Column, Func<ContactDraft, string?> Get, Action<ContactDraft, string?> Set)
{
    /// <summary>True when clients that encrypt encrypt it; they encrypt every part of an address, too.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>True when only the directory sets it.</summary>
    public bool IsOfDirectory { get; init; }

    /// <summary>True when it says something about the owner of the contact, not about the person: the directory has none of it.</summary>
    public bool IsOwners { get; init; }

    /// <summary>Another name that callers may use; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>All texts directly in a contact, in the order in which they are written.</summary>
    public static readonly IReadOnlyList<ContactText> All =
    [
        new("displayName", "display_name", draft => draft.DisplayName, (draft, text) => draft.DisplayName = text) { Alias = "name", IsEncrypted = true },
        new("firstName", "first_name", draft => draft.FirstName, (draft, text) => draft.FirstName = text) { IsEncrypted = true },
        new("lastName", "last_name", draft => draft.LastName, (draft, text) => draft.LastName = text) { IsEncrypted = true },
        new("companyName", "company_name", draft => draft.CompanyName, (draft, text) => draft.CompanyName = text) { IsEncrypted = true },
        new("title", "title", draft => draft.Title, (draft, text) => draft.Title = text) { IsEncrypted = true },
        new("department", "department", draft => draft.Department, (draft, text) => draft.Department = text),
        new("manager", "manager", draft => draft.Manager, (draft, text) => draft.Manager = text),
        new("userName", "user_name", draft => draft.UserName, (draft, text) => draft.UserName = text) { IsOfDirectory = true },
        new("employeeId", "employee_id", draft => draft.EmployeeId, (draft, text) => draft.EmployeeId = text) { IsOfDirectory = true },
        new("avatarURL", "avatar_url", draft => draft.AvatarURL, (draft, text) => draft.AvatarURL = text) { IsEncrypted = true },
        new("avatarUrlDomain", "avatar_url_domain", draft => draft.AvatarUrlDomain, (draft, text) => draft.AvatarUrlDomain = text) { IsOwners = true },
        new("primaryContactMethod", "primary_contact_method", draft => draft.PrimaryContactMethod, (draft, text) => draft.PrimaryContactMethod = text) { IsOwners = true },
        new("encryptionKeyUrl", "encryption_key_url", draft => draft.EncryptionKeyUrl, (draft, text) => draft.EncryptionKeyUrl = text) { IsOwners = true },
        new("kmsResourceObjectUrl", "kms_resource_object_url", draft => draft.KmsResourceObjectUrl, (draft, text) => draft.KmsResourceObjectUrl = text) { IsOwners = true },
        new("schemas", "schemas", draft => draft.Schemas, (draft, text) => draft.Schemas = text) { IsOwners = true },
    ];

    /// <summary>The parts of <c>addressInfo</c>; they are set together.</summary>
    public static readonly IReadOnlyList<ContactText> Address =
    [
        new("street", "street", draft => draft.AddressInfo?.Street, Together),
        new("city", "city", draft => draft.AddressInfo?.City, Together),
        new("state", "state", draft => draft.AddressInfo?.State, Together),
        new("zipCode", "zip_code", draft => draft.AddressInfo?.ZipCode, Together),
        new("country", "country", draft => draft.AddressInfo?.Country, Together),
    ];

    private static void Together(ContactDraft draft, string? text) => throw new NotSupportedException("An address is set as one.");
}
