namespace ContactsService.Client;

/// <summary>
/// A text, compared without regard to case; a phone number, compared by its digits. Of a list of values any may fit.
/// </summary>
public sealed class TextKey : ExactKey
{
    internal TextKey(string name)
        : base(name)
    {
    }

    /// <summary>It starts with one of these; none may be empty.</summary>
    public Condition StartsWith(params IReadOnlyList<string> values) => Where("startsWith", values);

    /// <summary>It contains one of these; none may be empty.</summary>
    public Condition Contains(params IReadOnlyList<string> values) => Where("contains", values);
}
