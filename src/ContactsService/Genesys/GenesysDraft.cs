using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>A custom contact as the vendor's callers write it.</summary>
internal sealed record GenesysDraft
{
    // Everything else is the service's own; a caller who sends back what it has read changes nothing by it.
    private static readonly string[] ReadOnly = ["id", "userName", "firstName", "lastName", "employeeId", "emailAddress", "roles"];

    /// <summary>What it is called. Required.</summary>
    public required string Name { get; init; }

    /// <summary>Custom, in any case; may be left out.</summary>
    [AllowedValues("Custom")]
    public string? Type { get; init; }

    /// <summary>Its only number, or the first of phoneNumbers.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Its numbers, at most 100.</summary>
    public IReadOnlyList<GenesysPhoneNumber>? PhoneNumbers { get; init; }

    /// <summary>Reads the body of a request.</summary>
    /// <param name="json">The body.</param>
    /// <param name="current">What is there now; null for a new contact.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>directory-read-only</c>.</exception>
    public static GenesysDraft Read(JsonElement json, GenesysContact? current)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var name = members.Text("name");
        var draft = new GenesysDraft
        {
            Name = name ?? "",
            Type = members.Text("type"),
            PhoneNumber = members.Text("phoneNumber") is { Length: > 0 } number ? number : null,
            PhoneNumbers = members.Objects("phoneNumbers", ReadNumber),
        };
        members.Ignore("uri", "path"); // another address of the service makes another uri
        members.Ignore(ReadOnly);
        members.RefuseUnknown();
        errors.ThrowIfAny();
        DemandUnchanged(members, current);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.Missing, "name: A custom contact has one.");
        }

        draft.Require();
        return draft;
    }

    /// <summary>A new contact of the organization.</summary>
    public ContactDraft ToDraft(Caller caller) => new()
    {
        ContactType = "CUSTOM",
        DisplayName = Name,
        PhoneNumbers = Points(),
        OwnerId = caller.Organization,
    };

    /// <summary>
    /// What of a contact changes, as a merge patch in our words: what these callers cannot see, such as a second e-mail
    /// address, stays, and so does a number that is sent back as it was, with all that is known of it.
    /// </summary>
    public JsonElement ToPatch(Caller caller, GenesysContact current)
    {
        var patch = new JsonObject { ["displayName"] = Name, ["ownerId"] = caller.Organization };
        var before = (current.PhoneNumbers ?? []).ToList();
        var points = Points()?.Select(point => Take(point, before)).ToList();
        patch["phoneNumbers"] = points is null ? null : JsonSerializer.SerializeToNode(points, JsonText.Options);
        return JsonSerializer.SerializeToElement(patch, JsonText.Options);
    }

    // Each stored number stands for one of those sent.
    private static ContactPoint Take(ContactPoint sent, List<GenesysPhoneNumber> before)
    {
        var stored = before.Find(number => number.ToPoint() == sent);
        return stored is not null && before.Remove(stored) ? stored.Stored! : sent;
    }

    private static GenesysPhoneNumber ReadNumber(MemberReader members)
    {
        var number = members.Text("phoneNumber");
        if (number is null)
        {
            members.Refuse("phoneNumber", "It is required.");
        }

        return new() { PhoneNumber = number ?? "", Description = members.Text("description") };
    }

    private static void DemandUnchanged(MemberReader members, GenesysContact? current)
    {
        var now = current is null ? default : JsonSerializer.SerializeToElement(current.ToJson());
        foreach (var name in ReadOnly)
        {
            if (members.Find(name) is { } sent
                && !(now.ValueKind == JsonValueKind.Object && now.TryGetProperty(name, out var value) && JsonElement.DeepEquals(sent, value)))
            {
                throw GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.ReadOnly, $"{name}: It is read-only.");
            }
        }
    }

    private void Require()
    {
        if (Type is not null && !Type.Equals("Custom", StringComparison.OrdinalIgnoreCase))
        {
            throw ContactAttributes.Types.Contains(Type, StringComparer.OrdinalIgnoreCase)
                ? GenesysErrors.DirectoryReadOnly()
                : GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.OutOfRange, "type: It is Custom.");
        }

        if (PhoneNumber is not null && PhoneNumbers is not null && (PhoneNumbers.Count == 0 || PhoneNumbers[0].PhoneNumber != PhoneNumber))
        {
            throw GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.Invalid, "phoneNumber: It is not the first of phoneNumbers; send one of the two.");
        }
    }

    private ContactPoint[]? Points() => (PhoneNumbers, PhoneNumber) switch
    {
        ({ Count: > 0 } numbers, _) => [.. numbers.Select(number => number.ToPoint())],
        (_, { } number) => [new ContactPoint { Value = number }],
        _ => null,
    };
}
