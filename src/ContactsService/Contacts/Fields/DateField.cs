using System.Globalization;
using ContactsService.Filtering;

namespace ContactsService.Contacts.Fields;

/// <summary>A date: a day, a month, or a day of any year.</summary>
internal sealed class DateField(string name, Func<Contact, string?> get, Action<Contact, string?> set) : TextField(name, get, set)
{
    /// <summary>What to say of a text that is none.</summary>
    public const string Rule = "It is a date such as 2001-02-03, 2001-02 or --02-03.";

    private const string LeapYear = "2000"; // --02-29 is a day

    /// <inheritdoc/>
    protected override AttributeKind Kind => AttributeKind.Date;

    /// <summary>True for nothing, and for a date that is in the calendar.</summary>
    public bool IsValid(Contact contact) => Get(contact) is not { } text || IsDate(text);

    private static bool IsDate(string text) => text switch
    {
        ['-', '-', ..] => IsExact(LeapYear + text[1..], "yyyy-MM-dd"),
        _ => IsExact(text, text.Length == "2001-02".Length ? "yyyy-MM" : "yyyy-MM-dd"),
    };

    private static bool IsExact(string text, string format) => DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
