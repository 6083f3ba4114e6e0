using System.Globalization;

namespace ContactsService.Client;

/// <summary>A moment; the service knows microseconds.</summary>
public sealed class TimeKey : OrderedKey<DateTimeOffset>
{
    internal TimeKey(string name)
        : base(name)
    {
    }

    // In UTC with a Z: the plus sign of an offset would have to survive every proxy.
    private protected override string Text(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
