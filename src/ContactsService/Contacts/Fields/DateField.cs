using ContactsService.Filtering;

namespace ContactsService.Contacts.Fields;

/// <summary>A date: a day, a month, or a day of any year.</summary>
internal sealed class DateField(string name, Func<Contact, string?> get, Action<Contact, string?> set) : TextField(name, get, set)
{
    /// <summary>What to say of a text that is none.</summary>
    public const string Rule = "It is a date such as 2001-02-03, 2001-02 or --02-03.";

    /// <inheritdoc/>
    protected override AttributeKind Kind => AttributeKind.Date;

    /// <summary>True for nothing, and for a date that is in the calendar.</summary>
    public bool IsValid(Contact contact) => Get(contact) is not { } text || PartialDate.IsValid(text);
}
