using System.Text.Json;
using ContactsService.Contacts.Fields;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>
/// One attribute of a contact: how it is read and written as JSON, which columns hold it, and what can be filtered by. Whatever is done
/// attribute by attribute is done by <see cref="All"/>.
/// </summary>
/// <param name="name">The JSON name.</param>
internal abstract class ContactField(string name)
{
    /// <summary>
    /// All attributes but those of the contact as such (its ids, types, groups and owner), in the order in which they are written.
    /// </summary>
    public static readonly IReadOnlyList<ContactField> All =
    [
        new TextField("displayName", contact => contact.DisplayName, (contact, text) => contact.DisplayName = text)
        {
            Alias = "name", IsEncrypted = true, SortColumn = "sort_name", SearchedAs = SearchPlace.Name,
        },
        new TextField("firstName", contact => contact.FirstName, (contact, text) => contact.FirstName = text)
        {
            IsEncrypted = true, HasPrefixIndex = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("lastName", contact => contact.LastName, (contact, text) => contact.LastName = text)
        {
            IsEncrypted = true, HasPrefixIndex = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("companyName", contact => contact.CompanyName, (contact, text) => contact.CompanyName = text)
        {
            IsEncrypted = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("title", contact => contact.Title, (contact, text) => contact.Title = text)
        {
            IsEncrypted = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("department", contact => contact.Department, (contact, text) => contact.Department = text)
        {
            SearchedAs = SearchPlace.Name,
        },
        new TextField("manager", contact => contact.Manager, (contact, text) => contact.Manager = text),
        new TextField("userName", contact => contact.UserName, (contact, text) => contact.UserName = text)
        {
            IsDirectoryField = true, HasPrefixIndex = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("employeeId", contact => contact.EmployeeId, (contact, text) => contact.EmployeeId = text)
        {
            IsDirectoryField = true,
        },
        new TextField("avatarURL", contact => contact.AvatarURL, (contact, text) => contact.AvatarURL = text) { IsEncrypted = true },
        new TextField("avatarUrlDomain", contact => contact.AvatarUrlDomain, (contact, text) => contact.AvatarUrlDomain = text)
        {
            IsOwnerField = true,
        },
        new TextField(
            "primaryContactMethod",
            contact => contact.PrimaryContactMethod,
            (contact, text) => contact.PrimaryContactMethod = text)
        {
            IsOwnerField = true,
        },
        new TextField("encryptionKeyUrl", contact => contact.EncryptionKeyUrl, (contact, text) => contact.EncryptionKeyUrl = text)
        {
            IsOwnerField = true,
        },
        new TextField(
            "kmsResourceObjectUrl",
            contact => contact.KmsResourceObjectUrl,
            (contact, text) => contact.KmsResourceObjectUrl = text)
        {
            IsOwnerField = true,
        },
        new TextField("schemas", contact => contact.Schemas, (contact, text) => contact.Schemas = text) { IsOwnerField = true },
        new PointsField("emails", contact => contact.Emails, (contact, points) => contact.Emails = points)
        {
            IsEncrypted = true, SearchedAs = SearchPlace.Address,
        },
        new PointsField("phoneNumbers", contact => contact.PhoneNumbers, (contact, points) => contact.PhoneNumbers = points)
        {
            Alias = "phoneNumber", IsEncrypted = true, HoldsPhoneNumbers = true, SearchedAs = SearchPlace.Number,
        },
        new PointsField("sipAddresses", contact => contact.SipAddresses, (contact, points) => contact.SipAddresses = points)
        {
            IsEncrypted = true, SearchedAs = SearchPlace.Address,
        },
        new AddressInfoField { IsEncrypted = true },
        new FlagField("isMigration", contact => contact.IsMigration, (contact, flag) => contact.IsMigration = flag) { IsOwnerField = true },
        new TextField("middleName", contact => contact.MiddleName, (contact, text) => contact.MiddleName = text)
        {
            IsNativeOnly = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("namePrefix", contact => contact.NamePrefix, (contact, text) => contact.NamePrefix = text)
        {
            IsNativeOnly = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("nameSuffix", contact => contact.NameSuffix, (contact, text) => contact.NameSuffix = text)
        {
            IsNativeOnly = true, SearchedAs = SearchPlace.Name,
        },
        new TextField("nickname", contact => contact.Nickname, (contact, text) => contact.Nickname = text)
        {
            IsNativeOnly = true, SearchedAs = SearchPlace.Name,
        },
        new PointsField("instantMessages", contact => contact.InstantMessages, (contact, points) => contact.InstantMessages = points)
        {
            IsNativeOnly = true,
        },
        new PointsField("urls", contact => contact.Urls, (contact, points) => contact.Urls = points) { IsNativeOnly = true },
        new AddressesField { IsNativeOnly = true },
        new DateField("birthday", contact => contact.Birthday, (contact, date) => contact.Birthday = date)
        {
            IsNativeOnly = true,
            IsOwnerField = true,
        },
        new DateField("anniversary", contact => contact.Anniversary, (contact, date) => contact.Anniversary = date)
        {
            IsNativeOnly = true,
            IsOwnerField = true,
        },
        new TextField("notes", contact => contact.Notes, (contact, text) => contact.Notes = text)
        {
            IsNativeOnly = true,
            IsOwnerField = true,
        },
        new CustomField { IsNativeOnly = true, IsOwnerField = true },
    ];

    /// <summary>The JSON name.</summary>
    public string Name { get; } = name;

    /// <summary>Another name that callers may use; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>True when clients that encrypt encrypt it.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>True when only the directory sets it.</summary>
    public bool IsDirectoryField { get; init; }

    /// <summary>True when the directory has none of it: what somebody has of the directory shows the owner's.</summary>
    public bool IsOwnerField { get; init; }

    /// <summary>
    /// True when only the native API has it. Such members are written behind <c>ownerId</c>, so that adapters can leave them out without
    /// parsing (<see cref="ContactJson.SharedPart"/>).
    /// </summary>
    public bool IsNativeOnly { get; init; }

    /// <summary>The place of its texts in the search; null when they are not searched.</summary>
    public SearchPlace? SearchedAs { get; init; }

    /// <summary>The columns that hold it.</summary>
    public abstract IReadOnlyList<ContactColumn> Columns { get; }

    /// <summary>What can be filtered and sorted by.</summary>
    public abstract IReadOnlyList<Filtering.Attribute> Attributes { get; }

    /// <summary>Reads the member, and its alias unless the reader keeps what it does not know.</summary>
    public abstract void Read(MemberReader members, Contact contact);

    /// <summary>Writes the member, if it is set.</summary>
    public abstract void Write(Utf8JsonWriter json, Contact contact);

    /// <summary>Takes the value over.</summary>
    public abstract void Copy(Contact from, Contact to);

    /// <summary>True when a contact says nothing about it, or the same as another one.</summary>
    public abstract bool Agrees(Contact contact, Contact other);

    /// <summary>The texts that are searched: none of what is not, and no ciphertext.</summary>
    public IEnumerable<string> SearchedTexts(Contact contact) =>
        SearchedAs is null ? [] : Texts(contact).OfType<string>().Where(text => !Ciphertext.Is(text));

    /// <summary>The texts that clients that encrypt would decrypt.</summary>
    public IEnumerable<string?> EncryptedTexts(Contact contact) => IsEncrypted ? Texts(contact) : [];

    /// <summary>All texts in it.</summary>
    protected abstract IEnumerable<string?> Texts(Contact contact);
}

/// <summary>A <see cref="ContactField"/> with one value in a <see cref="Contact"/>.</summary>
/// <typeparam name="T">The type of the value; null when it is not set.</typeparam>
/// <param name="name">The JSON name.</param>
/// <param name="get">Reads the value.</param>
/// <param name="set">Writes the value.</param>
internal abstract class ContactField<T>(string name, Func<Contact, T> get, Action<Contact, T> set) : ContactField(name)
{
    /// <inheritdoc/>
    public override void Copy(Contact from, Contact to) => set(to, get(from));

    /// <inheritdoc/>
    public override bool Agrees(Contact contact, Contact other) => get(contact) is not { } value || IsSame(value, get(other));

    /// <summary>The value.</summary>
    protected T Get(Contact contact) => get(contact);

    /// <summary>Sets the value.</summary>
    protected void Set(Contact contact, T value) => set(contact, value);

    /// <summary>True when two values say the same.</summary>
    protected virtual bool IsSame(T value, T other) => EqualityComparer<T>.Default.Equals(value, other);
}
