using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>The values an admin wants a queue to have.</summary>
internal sealed record QueueDraft
{
    /// <summary>The member of the column <c>extension</c> that holds what contacts do not have.</summary>
    internal const string ExtensionKey = "queue";

    /// <summary>The name; it is what callers see and search for. Required.</summary>
    public string? Name { get; init; }

    /// <summary>The number at which the queue is reached.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>What the queue is for.</summary>
    public string? Description { get; init; }

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static QueueDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var draft = new QueueDraft { Name = members.Text("name"), PhoneNumber = members.Text("phoneNumber"), Description = members.Text("description") };
        members.Ignore("queueId", "meta");
        members.RefuseUnknown();
        if (string.IsNullOrEmpty(draft.Name))
        {
            members.Refuse("name", "A queue has a name.");
        }

        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>The queue as a contact of the organization. A contact has no description: it is kept beside it.</summary>
    public ContactDraft ToContact() => new()
    {
        ContactType = "CLOUD",
        Type = "Queue",
        DisplayName = Name,
        PhoneNumbers = PhoneNumber is null ? null : [new() { Value = PhoneNumber }],
        Extension = new(ExtensionKey, Description is null ? null : $"{{\"description\":{JsonSerializer.Serialize(Description, JsonText.Options)}}}"),
    };
}
