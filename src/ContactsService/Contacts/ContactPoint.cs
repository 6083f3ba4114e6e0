using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>One way to reach a contact: a phone number, an e-mail or a SIP address.</summary>
internal sealed record ContactPoint
{
    /// <summary>What it is: work, mobile, … in the caller's words; may be left out.</summary>
    public string? Type { get; init; }

    /// <summary>The number or address, kept to the letter. Required.</summary>
    public string? Value { get; init; }

    /// <summary>True for the one to try first.</summary>
    public bool? Primary { get; init; }

    /// <summary>Reads a JSON object.</summary>
    public static ContactPoint Read(MemberReader members)
    {
        var point = new ContactPoint { Type = members.Text("type"), Value = members.Text("value"), Primary = members.Flag("primary") };
        if (point.Value is null)
        {
            members.Refuse("value", "It is required.");
        }

        return point;
    }

    /// <summary>Writes the JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Type is not null)
        {
            json.WriteString("type", Type);
        }

        json.WriteString("value", Value);
        if (Primary is { } primary)
        {
            json.WriteBoolean("primary", primary);
        }

        json.WriteEndObject();
    }
}
