using System.Globalization;

namespace ContactsService.Filtering;

/// <summary>Dates as RFC 6350, 4.3.1 knows them: a day, a month, or a day of any year.</summary>
internal static class PartialDate
{
    private const string LeapYear = "2000"; // --02-29 is a day

    /// <summary>True for <c>2001-02-03</c>, <c>2001-02</c> and <c>--02-03</c> that are in the calendar.</summary>
    public static bool IsValid(string text) => text switch
    {
        ['-', '-', ..] => IsExact(LeapYear + text[1..], "yyyy-MM-dd"),
        _ => IsExact(text, text.Length == "2001-02".Length ? "yyyy-MM" : "yyyy-MM-dd"),
    };

    /// <summary>True for a year alone, which a range may begin or end with.</summary>
    public static bool IsYear(string text) => IsExact(text, "yyyy");

    private static bool IsExact(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
