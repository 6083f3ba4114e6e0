using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>The values to store for a queue.</summary>
internal sealed record QueueDraft
{
    /// <summary>The member of the column <c>extension</c> that holds what contacts do not have.</summary>
    internal const string ExtensionKey = "queue";

    /// <summary>The name; it is what callers see and search for. Required.</summary>
    public string? Name { get; init; }

    /// <summary>The phone number of the queue.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The purpose of the queue.</summary>
    public string? Description { get; init; }

    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static QueueDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var draft = new QueueDraft
        {
            Name = members.Text("name"),
            PhoneNumber = members.Text("phoneNumber"),
            Description = members.Text("description"),
        };
        members.Ignore("queueId", "meta");
        members.RefuseUnknown();
        if (string.IsNullOrEmpty(draft.Name))
        {
            members.Refuse("name", "A queue has a name.");
        }

        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>Converts the queue to a contact of the organization. Contacts have no description, so it becomes an extra member.</summary>
    public ContactDraft ToContact() => new()
    {
        ContactType = "CLOUD",
        Type = "Queue",
        DisplayName = Name,
        PhoneNumbers = PhoneNumber is null ? null : [new() { Value = PhoneNumber }],
        Extension = new(
            ExtensionKey,
            Description is null ? null : $"{{\"description\":{JsonSerializer.Serialize(Description, JsonText.Options)}}}"),
    };
}
