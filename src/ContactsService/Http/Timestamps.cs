using System.Globalization;

namespace ContactsService.Http;

/// <summary>How times are written: UTC, ISO 8601, always six digits, so that the same time is the same text everywhere.</summary>
internal static class Timestamps
{
    /// <summary>The format, with its <c>Z</c>.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>A UTC time as text.</summary>
    public static string Text(DateTime utc) => utc.ToString(Format, CultureInfo.InvariantCulture);
}
