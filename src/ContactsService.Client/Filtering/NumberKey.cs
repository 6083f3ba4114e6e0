using System.Globalization;

namespace ContactsService.Client;

/// <summary>A whole number.</summary>
public sealed class NumberKey : OrderedKey<long>
{
    internal NumberKey(string name)
        : base(name)
    {
    }

    private protected override string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
