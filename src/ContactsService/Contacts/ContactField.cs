namespace ContactsService.Contacts;

/// <summary>An attribute of one text: where it is in a draft, in JSON and in the table.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="Column">The column of the folded value.</param>
/// <param name="Get">Reads the draft.</param>
/// <param name="Set">Writes the draft.</param>
internal sealed record ContactField(string Name, string Column, Func<ContactDraft, string?> Get, Action<ContactDraft, string?> Set)
{
    /// <summary>True when clients that encrypt encrypt it; they encrypt every part of an address, too.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>True when only the directory sets it.</summary>
    public bool IsDirectoryField { get; init; }

    /// <summary>True when it says something about the owner of the contact, not about the person: the directory has none of it.</summary>
    public bool IsOwnerField { get; init; }

    /// <summary>Another name that callers may use; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>All texts directly in a contact, in the order in which they are written.</summary>
    public static readonly IReadOnlyList<ContactField> All =
    [
        new("displayName", "display_name", draft => draft.DisplayName, (draft, text) => draft.DisplayName = text) { Alias = "name", IsEncrypted = true },
        new("firstName", "first_name", draft => draft.FirstName, (draft, text) => draft.FirstName = text) { IsEncrypted = true },
        new("lastName", "last_name", draft => draft.LastName, (draft, text) => draft.LastName = text) { IsEncrypted = true },
        new("companyName", "company_name", draft => draft.CompanyName, (draft, text) => draft.CompanyName = text) { IsEncrypted = true },
        new("title", "title", draft => draft.Title, (draft, text) => draft.Title = text) { IsEncrypted = true },
        new("department", "department", draft => draft.Department, (draft, text) => draft.Department = text),
        new("manager", "manager", draft => draft.Manager, (draft, text) => draft.Manager = text),
        new("userName", "user_name", draft => draft.UserName, (draft, text) => draft.UserName = text) { IsDirectoryField = true },
        new("employeeId", "employee_id", draft => draft.EmployeeId, (draft, text) => draft.EmployeeId = text) { IsDirectoryField = true },
        new("avatarURL", "avatar_url", draft => draft.AvatarURL, (draft, text) => draft.AvatarURL = text) { IsEncrypted = true },
        new("avatarUrlDomain", "avatar_url_domain", draft => draft.AvatarUrlDomain, (draft, text) => draft.AvatarUrlDomain = text) { IsOwnerField = true },
        new("primaryContactMethod", "primary_contact_method", draft => draft.PrimaryContactMethod, (draft, text) => draft.PrimaryContactMethod = text) { IsOwnerField = true },
        new("encryptionKeyUrl", "encryption_key_url", draft => draft.EncryptionKeyUrl, (draft, text) => draft.EncryptionKeyUrl = text) { IsOwnerField = true },
        new("kmsResourceObjectUrl", "kms_resource_object_url", draft => draft.KmsResourceObjectUrl, (draft, text) => draft.KmsResourceObjectUrl = text) { IsOwnerField = true },
        new("schemas", "schemas", draft => draft.Schemas, (draft, text) => draft.Schemas = text) { IsOwnerField = true },
    ];

    /// <summary>The parts of <c>addressInfo</c>; they are set together.</summary>
    public static readonly IReadOnlyList<ContactField> Address =
    [
        new("street", "street", draft => draft.AddressInfo?.Street, Together),
        new("city", "city", draft => draft.AddressInfo?.City, Together),
        new("state", "state", draft => draft.AddressInfo?.State, Together),
        new("zipCode", "zip_code", draft => draft.AddressInfo?.ZipCode, Together),
        new("country", "country", draft => draft.AddressInfo?.Country, Together),
    ];

    private static void Together(ContactDraft draft, string? text) => throw new NotSupportedException("An address is set as one.");
}
