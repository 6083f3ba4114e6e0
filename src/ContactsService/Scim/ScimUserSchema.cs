namespace ContactsService.Scim;

/// <summary>The attributes of a user in the order of RFC 7643, 4.1 and 8.7.1.</summary>
internal static class ScimUserSchema
{
    /// <summary>The URN of the schema.</summary>
    public const string Urn = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>
    /// Accepted and not stored, because clients send back what other services gave them. Discovery does not name it, as there are no
    /// groups.
    /// </summary>
    public static readonly ScimAttribute Groups = new("groups", ScimType.Complex, "The groups that the user is in.")
    {
        IsMultiValued = true,
        Mutability = "readOnly",
        SubAttributes =
        [
            Text("value", "The id of the group.") with { Mutability = "readOnly" },
            Link("$ref", "The address of the group.") with { Mutability = "readOnly" },
            Text("display", "The name of the group.") with { Mutability = "readOnly" },
            Type("direct", "indirect") with { Mutability = "readOnly" },
        ],
    };

    public static readonly ScimSchema User = new(
        Urn,
        "User",
        "User Account",
        [
            Text("userName", "The name that the user signs in with, unique in the organization.") with
            {
                IsRequired = true, Uniqueness = "server",
            },
            new("name", ScimType.Complex, "The parts of the user's name.")
            {
                SubAttributes =
                [
                    Text("formatted", "The full name, ready for display."),
                    Text("familyName", "The family name."),
                    Text("givenName", "The given name."),
                    Text("middleName", "The middle names."),
                    Text("honorificPrefix", "The title before the name, such as Ms."),
                    Text("honorificSuffix", "The suffix after the name, such as III."),
                ],
            },
            Text("displayName", "The name that others see."),
            Text("nickName", "The casual name."),
            Link("profileUrl", "The address of a page about the user."),
            Text("title", "The job title."),
            Text("userType", "The relation to the organization, such as Employee."),
            Text("preferredLanguage", "The preferred languages, as in the header Accept-Language."),
            Text("locale", "The locale for dates, numbers and money, such as en-US."),
            Text("timezone", "The time zone, such as Europe/Berlin."),
            new("active", ScimType.Boolean, "Whether the user is in the directory."),
            Text("password", "Accepted and not stored, because users do not sign in here.") with
            {
                IsCaseExact = true, Mutability = "writeOnly", Returned = "never",
            },
            List("emails", "The user's email addresses.", Text("value", "The email address."), "work", "home", "other"),
            List(
                "phoneNumbers", "The user's phone numbers.", Text(
                    "value", "The phone number."), "work", "home", "mobile", "fax", "pager", "other"),
            List(
                "ims",
                "The user's instant messaging addresses.",
                Text("value", "The address."),
                "aim",
                "gtalk",
                "icq",
                "xmpp",
                "msn",
                "skype",
                "qq",
                "yahoo"),
            List("photos", "Pictures of the user.", Link("value", "The address of the picture."), "photo", "thumbnail"),
            new("addresses", ScimType.Complex, "The user's postal addresses.")
            {
                IsMultiValued = true,
                SubAttributes =
                [
                    Text("formatted", "The full address, ready for display."),
                    Text("streetAddress", "The street with its number."),
                    Text("locality", "The city."),
                    Text("region", "The state or region."),
                    Text("postalCode", "The postal code."),
                    Text("country", "The country, as the two-letter code of ISO 3166-1."),
                    Type("work", "home", "other"),
                    Primary, // not in RFC 7643, 4.1.2, but a sub-attribute of every list (2.4), and in the example of 8.2
                ],
            },
            Groups,
            List("entitlements", "What the user is entitled to.", Text("value", "The entitlement.")),
            List("roles", "The user's roles.", Text("value", "The role.")),
            List(
                "x509Certificates",
                "The user's certificates.",
                new("value", ScimType.Binary, "The certificate, DER in Base64.") { IsCaseExact = true }),
        ]);

    /// <summary>The flag of the preferred entry of a list.</summary>
    public static ScimAttribute Primary => new("primary", ScimType.Boolean, "Whether this is the preferred entry. At most one entry is.")
    {
        IsFalseWhenAbsent = true, // RFC 7643, 2.4
    };

    /// <summary>Creates a case-insensitive text attribute.</summary>
    public static ScimAttribute Text(string name, string description) => new(name, ScimType.String, description);

    /// <summary>Creates a list whose entries have type, primary and display (RFC 7643, 2.4).</summary>
    public static ScimAttribute List(string name, string description, ScimAttribute value, params string[] types) =>
        new(name, ScimType.Complex, description)
        {
            IsMultiValued = true,
            SubAttributes = [value, Text("display", "The value, ready for display."), Type(types), Primary],
        };

    private static ScimAttribute Link(string name, string description) =>
        new(name, ScimType.Reference, description) { IsCaseExact = true, ReferenceTypes = ["external"] };

    private static ScimAttribute Type(params string[] types) => Text("type", "The kind of the entry.") with { CanonicalValues = types };
}
