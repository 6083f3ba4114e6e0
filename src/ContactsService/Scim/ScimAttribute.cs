namespace ContactsService.Scim;

/// <summary>The types of values that our attributes have (RFC 7643, 2.3); none of them is a number.</summary>
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
/// <param name="Name">As it is written in answers; compared without case (RFC 7643, 2.1).</param>
/// <param name="Type">What a single value is.</param>
/// <param name="Description">One sentence for those who read <c>/Schemas</c>.</param>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description)
{
    /// <summary>True when the value is a list.</summary>
    public bool IsMultiValued { get; init; }

    /// <summary>True when A and a are different values.</summary>
    public bool IsCaseExact { get; init; }

    /// <summary>True when a resource cannot be without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary><c>readWrite</c>, <c>readOnly</c> or <c>writeOnly</c>.</summary>
    public string Mutability { get; init; } = "readWrite";

    /// <summary><c>default</c>, <c>always</c> or <c>never</c>.</summary>
    public string Returned { get; init; } = "default";

    /// <summary><c>none</c> or <c>server</c>: one resource of an organization has the value.</summary>
    public string Uniqueness { get; init; } = "none";

    /// <summary>Usual values; others are taken too (RFC 7643, 7).</summary>
    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    /// <summary>What a reference leads to.</summary>
    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    /// <summary>The parts of a complex value; empty for others.</summary>
    public IReadOnlyList<ScimAttribute> SubAttributes { get; init; } = [];

    /// <summary>True for a flag that counts as false where it is absent.</summary>
    public bool IsFalseWhenAbsent { get; init; }

    /// <summary>True when only the service sets it.</summary>
    public bool IsReadOnly => Mutability == "readOnly";

    /// <summary>True for what is taken and never shown or asked for: a password.</summary>
    public bool IsSecret => Returned == "never";

    /// <summary>The sub-attribute that stands for the whole value, as in <c>emails eq "x"</c>; null when there is none.</summary>
    public ScimAttribute? Value => Find("value");

    /// <summary>The sub-attribute of this name; null when there is none.</summary>
    public ScimAttribute? Find(string name) =>
        SubAttributes.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
