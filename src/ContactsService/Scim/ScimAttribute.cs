namespace ContactsService.Scim;

/// <summary>The types of attribute values (RFC 7643, 2.3). None of the attributes here is a number.</summary>
internal enum ScimType
{
    /// <summary>Unicode text.</summary>
    String,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A time with its zone.</summary>
    DateTime,

    /// <summary>A URI.</summary>
    Reference,

    /// <summary>Base64.</summary>
    Binary,

    /// <summary>An object of sub-attributes.</summary>
    Complex,
}

/// <summary>An attribute or sub-attribute with its characteristics (RFC 7643, 2.2 and 7).</summary>
/// <param name="Name">As written in answers. Names are case-insensitive (RFC 7643, 2.1).</param>
/// <param name="Type">The type of a single value.</param>
/// <param name="Description">The description in <c>/Schemas</c>.</param>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description)
{
    /// <summary>True when the value is a list.</summary>
    public bool IsMultiValued { get; init; }

    /// <summary>True when values are case-sensitive.</summary>
    public bool IsCaseExact { get; init; }

    /// <summary>True when every resource must have a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary><c>readWrite</c>, <c>readOnly</c> or <c>writeOnly</c>.</summary>
    public string Mutability { get; init; } = "readWrite";

    /// <summary><c>default</c>, <c>always</c> or <c>never</c>.</summary>
    public string Returned { get; init; } = "default";

    /// <summary><c>none</c>, or <c>server</c> when values are unique in an organization.</summary>
    public string Uniqueness { get; init; } = "none";

    /// <summary>The usual values. Others are accepted too (RFC 7643, 7).</summary>
    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    /// <summary>The types of resources that a reference points to.</summary>
    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    /// <summary>The sub-attributes of a complex attribute; empty for others.</summary>
    public IReadOnlyList<ScimAttribute> SubAttributes { get; init; } = [];

    /// <summary>True for a boolean that counts as false when absent.</summary>
    public bool IsFalseWhenAbsent { get; init; }

    public bool IsReadOnly => Mutability == "readOnly";

    /// <summary>True for an attribute that is accepted but never returned or compared: the password.</summary>
    public bool IsSecret => Returned == "never";

    /// <summary>The sub-attribute that represents the whole value, as in <c>emails eq "x"</c>; null when there is none.</summary>
    public ScimAttribute? Value => Find("value");

    /// <summary>Returns the sub-attribute with this name; null when there is none.</summary>
    public ScimAttribute? Find(string name) =>
        SubAttributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
