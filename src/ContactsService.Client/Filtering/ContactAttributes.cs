namespace ContactsService.Client;

/// <summary>What contacts are filtered and sorted by.</summary>
public static class ContactAttributes
{
    /// <summary>Its id.</summary>
    public static ExactKey ContactId { get; } = new("contactId");

    /// <summary>Whose it is: a user, the organization, or <c>me</c> for yourself.</summary>
    public static ExactKey OwnerId { get; } = new("ownerId");

    /// <summary>Custom, User or Queue.</summary>
    public static ExactKey Type { get; } = new("type");

    /// <summary>CUSTOM or CLOUD.</summary>
    public static ExactKey ContactType { get; } = new("contactType");

    /// <summary>Any group it is in, by id.</summary>
    public static ExactKey Groups { get; } = new("groups");

    /// <summary>What it is called.</summary>
    public static TextKey DisplayName { get; } = new("displayName");

    /// <summary>First name.</summary>
    public static TextKey FirstName { get; } = new("firstName");

    /// <summary>Last name.</summary>
    public static TextKey LastName { get; } = new("lastName");

    /// <summary>Middle names.</summary>
    public static TextKey MiddleName { get; } = new("middleName");

    /// <summary>What stands before the name.</summary>
    public static TextKey NamePrefix { get; } = new("namePrefix");

    /// <summary>What stands behind the name.</summary>
    public static TextKey NameSuffix { get; } = new("nameSuffix");

    /// <summary>Nickname.</summary>
    public static TextKey Nickname { get; } = new("nickname");

    /// <summary>Company.</summary>
    public static TextKey CompanyName { get; } = new("companyName");

    /// <summary>Job title.</summary>
    public static TextKey Title { get; } = new("title");

    /// <summary>Department.</summary>
    public static TextKey Department { get; } = new("department");

    /// <summary>Name of the manager.</summary>
    public static TextKey Manager { get; } = new("manager");

    /// <summary>Only users of the directory have one.</summary>
    public static TextKey UserName { get; } = new("userName");

    /// <summary>Only users of the directory have one.</summary>
    public static TextKey EmployeeId { get; } = new("employeeId");

    /// <summary>Address of a picture.</summary>
    public static TextKey AvatarUrl { get; } = new("avatarURL");

    /// <summary>Domain of the picture's address.</summary>
    public static TextKey AvatarUrlDomain { get; } = new("avatarUrlDomain");

    /// <summary>How it prefers to be reached.</summary>
    public static TextKey PrimaryContactMethod { get; } = new("primaryContactMethod");

    /// <summary>The key that encrypts the values.</summary>
    public static TextKey EncryptionKeyUrl { get; } = new("encryptionKeyUrl");

    /// <summary>The key management object.</summary>
    public static TextKey KmsResourceObjectUrl { get; } = new("kmsResourceObjectUrl");

    /// <summary>The schema it was written by.</summary>
    public static TextKey Schemas { get; } = new("schemas");

    /// <summary>Any e-mail address of it.</summary>
    public static TextKey Emails { get; } = new("emails");

    /// <summary>Any phone number of it, by the digits.</summary>
    public static TextKey PhoneNumbers { get; } = new("phoneNumbers");

    /// <summary>Any SIP address of it.</summary>
    public static TextKey SipAddresses { get; } = new("sipAddresses");

    /// <summary>Any address of it for instant messages.</summary>
    public static TextKey InstantMessages { get; } = new("instantMessages");

    /// <summary>Any address of a page about it.</summary>
    public static TextKey Urls { get; } = new("urls");

    /// <summary>Day of birth.</summary>
    public static DateKey Birthday { get; } = new("birthday");

    /// <summary>Anniversary.</summary>
    public static DateKey Anniversary { get; } = new("anniversary");

    /// <summary>Notes.</summary>
    public static TextKey Notes { get; } = new("notes");

    /// <summary>Street and number of any address of it.</summary>
    public static TextKey AnyStreet { get; } = new("addresses.street");

    /// <summary>City of any address of it.</summary>
    public static TextKey AnyCity { get; } = new("addresses.city");

    /// <summary>State or region of any address of it.</summary>
    public static TextKey AnyState { get; } = new("addresses.state");

    /// <summary>Postal code of any address of it.</summary>
    public static TextKey AnyZipCode { get; } = new("addresses.zipCode");

    /// <summary>Country of any address of it.</summary>
    public static TextKey AnyCountry { get; } = new("addresses.country");

    /// <summary>Street and number of its preferred address.</summary>
    public static TextKey Street { get; } = new("addressInfo.street");

    /// <summary>City of its preferred address.</summary>
    public static TextKey City { get; } = new("addressInfo.city");

    /// <summary>State or region of its preferred address.</summary>
    public static TextKey State { get; } = new("addressInfo.state");

    /// <summary>Postal code of its preferred address.</summary>
    public static TextKey ZipCode { get; } = new("addressInfo.zipCode");

    /// <summary>Country of its preferred address.</summary>
    public static TextKey Country { get; } = new("addressInfo.country");

    /// <summary>Whether it was brought over from another system.</summary>
    public static FlagKey IsMigration { get; } = new("isMigration");

    /// <summary>With CLOUD contacts: whether the directory knows the person.</summary>
    public static FlagKey Resolved { get; } = new("resolved");

    /// <summary>When it was made.</summary>
    public static TimeKey Created { get; } = new("created");

    /// <summary>When it was last changed.</summary>
    public static TimeKey LastModified { get; } = new("lastModified");

    /// <summary>Its version, as in <see cref="Meta"/>.</summary>
    public static NumberKey Version { get; } = new("version");

    /// <summary>
    /// An attribute of your own, by its key in <see cref="Contact.Custom"/>; numbers and booleans compare as they are
    /// spelt. It has no order.
    /// </summary>
    public static TextKey Custom(string key) => new($"custom.{key}");
}
