using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A contact as it is answered: what is always there is required. What is not set is absent, never null.</summary>
internal sealed record ContactDocument : Contact
{
    /// <summary>A UUID version 7 where the service made it; exactly as sent otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public new required string ContactId { get; init; }

    /// <summary>CUSTOM or CLOUD.</summary>
    [JsonPropertyOrder(-2)]
    [AllowedValues("CUSTOM", "CLOUD")]
    public new required string ContactType { get; init; }

    /// <summary>Custom, User or Queue.</summary>
    [JsonPropertyOrder(-1)]
    [AllowedValues("Custom", "User", "Queue")]
    public new required string Type { get; init; }

    /// <summary>The user whose contact it is, or the organization.</summary>
    [JsonPropertyOrder(1)]
    public new required string OwnerId { get; init; }

    /// <summary>With CLOUD contacts: whether the directory knows the person.</summary>
    [JsonPropertyOrder(2)]
    public new bool? Resolved { get; init; }

    /// <summary>When it was made and changed, and its version.</summary>
    [JsonPropertyOrder(3)]
    public new required MetaDocument Meta { get; init; }
}
