namespace ContactsService.Scim;

/// <summary>The extension schemas of a user.</summary>
internal static class ScimExtensionSchemas
{
    /// <summary>RFC 7643, 4.3.</summary>
    public static readonly ScimSchema Enterprise = new(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "EnterpriseUser",
        "Enterprise User",
        [
            ScimUserSchema.Text("employeeNumber", "The number that the organization gave the user."),
            ScimUserSchema.Text("costCenter", "The cost center."),
            ScimUserSchema.Text("organization", "The organization."),
            ScimUserSchema.Text("division", "The division."),
            ScimUserSchema.Text("department", "The department."),
            new("manager", ScimType.Complex, "The user's manager.")
            {
                SubAttributes =
                [
                    ScimUserSchema.Text("value", "The id of the manager's resource."),
                    new(
                        "$ref",
                        ScimType.Reference,
                        "The address of the manager's resource.") { IsCaseExact = true, ReferenceTypes = ["User"] },
                    // Read-only in RFC 7643, 4.3. But a manager need not be a user here, and clients that know the name send it.
                    ScimUserSchema.Text("displayName", "The manager's name."),
                ],
            },
        ]);

    /// <summary>The Webex extension (developer.webex.com, SCIM 2 Users).</summary>
    public static readonly ScimSchema WebexIdentity = new(
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:User",
        "WebexIdentityUser",
        "Webex Identity User",
        [ScimUserSchema.List("sipAddresses", "The user's SIP addresses.", ScimUserSchema.Text("value", "The SIP address."))]);
}
