using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A contact as it is answered: what is always there is required. What is not set is absent, never null.</summary>
internal sealed record ContactDocument : Contact
{
    /// <summary>A UUID version 7 where the service made it; exactly as sent otherwise.</summary>
    public new required string ContactId { get; init; }

    /// <summary>CUSTOM or CLOUD.</summary>
    [AllowedValues("CUSTOM", "CLOUD")]
    public new required string ContactType { get; init; }

    /// <summary>Custom, User or Queue.</summary>
    [AllowedValues("Custom", "User", "Queue")]
    public new required string Type { get; init; }

    /// <summary>The user whose contact it is, or the organization.</summary>
    public new required string OwnerId { get; init; }

    /// <summary>When it was made and changed, and its version.</summary>
    public new required MetaDocument Meta { get; init; }
}
