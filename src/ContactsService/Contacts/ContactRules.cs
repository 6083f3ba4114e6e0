using System.Text.Json;
using ContactsService.Contacts.Fields;
using ContactsService.Http;
using FluentValidation;

namespace ContactsService.Contacts;

/// <summary>What holds for every draft of a contact, whichever adapter it came through: the only rules.</summary>
internal sealed class ContactRules : AbstractValidator<ContactDraft>
{
    /// <summary>The one set of rules; safe for any number of threads.</summary>
    public static readonly ContactRules Default = new();

    private ContactRules()
    {
        RuleFor(contact => contact.ContactType)
            .NotNull().Unless(contact => Is(contact.Type, "Custom"))
            .WithMessage("It is required: CUSTOM for a contact of your own, CLOUD for one of the directory.");
        RuleFor(contact => contact.ContactType)
            .Must(type => type is null || ContactAttributes.ContactTypes.Any(one => Is(type, one)))
            .WithMessage("It is CUSTOM or CLOUD.");
        RuleFor(contact => contact.Type)
            .Must(type => type is null || ContactAttributes.Types.Any(one => Is(type, one)))
            .WithMessage("It is Custom, User or Queue.");
        RuleFor(contact => contact.Type)
            .Must((contact, type) => type is null || contact.ContactType is null || Is(type, "Custom") == contact.IsCustom)
            .WithMessage("It contradicts contactType: CUSTOM goes with Custom, CLOUD with User or Queue.");
        RuleFor(contact => contact.ContactId)
            .Must(id => id is null || TextLimits.IsId(id))
            .WithMessage(TextLimits.IdRule);

        RuleFor(contact => contact.AddressInfo)
            .Must((contact, address) => address is null || contact.Addresses is null || address == contact.StoredAddressInfo)
            .WithMessage("It is not the preferred one of addresses. Send one of the two, or both as they were read.");
        RuleFor(contact => contact).Custom(RequireDates);
        RuleFor(contact => contact.Custom).Custom(RequireKeys);

        When(contact => contact.IsCustom, () =>
        {
            RuleFor(contact => contact.DisplayName).NotEmpty().Unless(contact => contact.IsEncrypted)
                .WithMessage("A CUSTOM contact has a name.");
            RuleFor(contact => contact.UserName).Null().WithMessage("Only users of the directory have one.");
            RuleFor(contact => contact.EmployeeId).Null().WithMessage("Only users of the directory have one.");
        });
        When(contact => Is(contact.Type, "Queue"), () =>
        {
            RuleFor(contact => contact.UserName).Null().WithMessage("Only users have one.");
            RuleFor(contact => contact.EmployeeId).Null().WithMessage("Only users have one.");
        });
        When(contact => contact.StoredContactType == "CLOUD", () =>
            RuleFor(contact => contact.ContactId).NotEmpty().WithMessage("A CLOUD contact carries the directory's id."));
    }

    private static void RequireDates(ContactDraft draft, ValidationContext<ContactDraft> context)
    {
        foreach (var date in ContactField.All.OfType<DateField>().Where(date => !date.IsValid(draft)))
        {
            context.AddFailure(date.Name, DateField.Rule);
        }
    }

    private static void RequireKeys(IReadOnlyDictionary<string, JsonElement>? custom, ValidationContext<ContactDraft> context)
    {
        if (custom?.Count > CustomField.MaxKeys)
        {
            context.AddFailure("custom", $"It has at most {CustomField.MaxKeys} keys.");
        }

        foreach (var key in custom?.Keys.Where(key => !CustomField.IsKey(key)) ?? [])
        {
            context.AddFailure($"{CustomField.Prefix}{key}", CustomField.KeyRule);
        }
    }

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}
