namespace ContactsService.Client;

/// <summary>
/// A step of the order of a list, made by an attribute: <c>ContactAttributes.LastModified.Descending</c>. What is absent comes
/// last either way.
/// </summary>
public sealed class Sort
{
    private readonly string text;

    internal Sort(string text) => this.text = text;

    /// <summary>As it stands in the address: <c>lastName</c>, <c>-lastModified</c>.</summary>
    public override string ToString() => text;
}
