namespace ContactsService.Client;

/// <summary>An id, compared exactly, or one of a few words, compared without regard to case.</summary>
public class ExactKey : AttributeKey
{
    internal ExactKey(string name)
        : base(name)
    {
    }

    /// <summary>It is one of these, 1 to 100.</summary>
    public Condition Is(params IReadOnlyList<string> values) => Where("", values);

    /// <summary>It is none of these, or not set.</summary>
    public Condition IsNot(params IReadOnlyList<string> values) => Where("ne", values);
}
