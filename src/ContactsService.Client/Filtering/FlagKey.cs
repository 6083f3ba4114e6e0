namespace ContactsService.Client;

/// <summary>An attribute that is true, false or not set.</summary>
public sealed class FlagKey : AttributeKey
{
    internal FlagKey(string name)
        : base(name)
    {
    }

    /// <summary>It is this.</summary>
    public Condition Is(bool value) => Where("", Text(value));

    /// <summary>It is not this, or not set.</summary>
    public Condition IsNot(bool value) => Where("ne", Text(value));

    private static string Text(bool value) => value ? "true" : "false";
}
