using System.Globalization;

namespace ContactsService.Http;

/// <summary>The text form of times: UTC, ISO 8601, always six fractional digits, so that equal times are equal texts.</summary>
internal static class Timestamps
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Text(DateTime utc) => utc.ToString(Format, CultureInfo.InvariantCulture);
}
