namespace ContactsService.Http;

/// <summary>An example for the schema of a type in the OpenAPI document. A module registers its own as singletons.</summary>
/// <param name="Type">The type.</param>
/// <param name="Json">The example.</param>
internal sealed record SchemaExample(Type Type, string Json)
{
    /// <summary>True when the schema lists only the most common members.</summary>
    public bool HasOtherMembers { get; init; }
}
