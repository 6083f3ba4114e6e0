using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>The values of a custom contact in the vendor's form.</summary>
internal sealed record GenesysDraft
{
    // Set by the service. A caller may send these members back unchanged.
    private static readonly string[] ReadOnly = ["id", "userName", "firstName", "lastName", "employeeId", "emailAddress", "roles"];

    /// <summary>The name. Required.</summary>
    public required string Name { get; init; }

    /// <summary>Custom, in any case; may be left out.</summary>
    [AllowedValues("Custom")]
    public string? Type { get; init; }

    /// <summary>The only number, or the first of phoneNumbers.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The numbers, at most 100.</summary>
    public IReadOnlyList<GenesysPhoneNumber>? PhoneNumbers { get; init; }

    /// <param name="json">The body.</param>
    /// <param name="current">The current contact; null for a new one.</param>
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
        members.Ignore("uri", "path"); // they depend on the address of the service that the caller uses
        members.Ignore(ReadOnly);
        members.RefuseUnknown();
        errors.ThrowIfAny();
        RequireUnchanged(members, current);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.Missing, "name: A custom contact must have a name.");
        }

        draft.Require();
        return draft;
    }

    /// <summary>Converts to a new contact of the organization.</summary>
    public ContactDraft ToDraft(Caller caller) => new()
    {
        ContactType = "CUSTOM",
        DisplayName = Name,
        PhoneNumbers = Points(),
        OwnerId = caller.Organization,
    };

    /// <summary>
    /// Returns the changes as a merge patch of the native contact. Attributes that this API does not show, such as a second e-mail address,
    /// are kept. So is a number that is sent back unchanged, with all its attributes.
    /// </summary>
    public JsonElement ToPatch(Caller caller, GenesysContact current)
    {
        var patch = new JsonObject { ["displayName"] = Name, ["ownerId"] = caller.Organization };
        var before = (current.PhoneNumbers ?? []).ToList();
        var points = Points()?.Select(point => Take(point, before)).ToList();
        patch["phoneNumbers"] = points is null ? null : JsonSerializer.SerializeToNode(points, JsonText.Options);
        return JsonSerializer.SerializeToElement(patch, JsonText.Options);
    }

    // Each stored number matches at most one number that was sent.
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
            members.Refuse("phoneNumber", "Required.");
        }

        return new() { PhoneNumber = number ?? "", Description = members.Text("description") };
    }

    private static void RequireUnchanged(MemberReader members, GenesysContact? current)
    {
        var stored = current is null ? default : JsonSerializer.SerializeToElement(current.ToJson());
        foreach (var name in ReadOnly)
        {
            if (members.Find(name) is { } sent
                && !(stored.ValueKind == JsonValueKind.Object
                    && stored.TryGetProperty(name, out var value)
                    && JsonElement.DeepEquals(sent, value)))
            {
                throw GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.ReadOnly, $"{name}: This member is read-only.");
            }
        }
    }

    private void Require()
    {
        if (Type is not null && !Type.Equals("Custom", StringComparison.OrdinalIgnoreCase))
        {
            throw ContactAttributes.Types.Contains(Type, StringComparer.OrdinalIgnoreCase)
                ? GenesysErrors.DirectoryReadOnly()
                : GenesysErrors.Refuse(Problems.InvalidMembers, GenesysErrors.OutOfRange, "type: Must be Custom.");
        }

        if (PhoneNumber is not null && PhoneNumbers is not null && (PhoneNumbers.Count == 0 || PhoneNumbers[0].PhoneNumber != PhoneNumber))
        {
            throw GenesysErrors.Refuse(
                Problems.InvalidMembers,
                GenesysErrors.Invalid,
                "phoneNumber: Differs from the first of phoneNumbers. Send one of the two.");
        }
    }

    private ContactPoint[]? Points() => (PhoneNumbers, PhoneNumber) switch
    {
        ({ Count: > 0 } numbers, _) => [.. numbers.Select(number => number.ToPoint())],
        (_, { } number) => [new ContactPoint { Value = number }],
        _ => null,
    };
}
