using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>
/// The body of a PATCH, bulk or search request: an object whose <c>schemas</c> name its type. Names are case-insensitive (RFC 7643, 2.1).
/// </summary>
internal static class ScimRequestMessage
{
    /// <summary>Throws when the body is not this message.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public static void Require(JsonElement body, string urn)
    {
        if (body.ValueKind is not JsonValueKind.Object
            || Member(body, "schemas") is not { ValueKind: JsonValueKind.Array } urns
            || !urns.EnumerateArray().Any(entry => urn.Equals(Text(entry), StringComparison.OrdinalIgnoreCase)))
        {
            throw ScimException.InvalidSyntax($"The body must be an object whose schemas contain {urn}.");
        }
    }

    /// <summary>Refuses unknown members.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>, for the first unknown member.</exception>
    public static void RefuseOthers(JsonElement parent, IReadOnlyList<string> names)
    {
        foreach (var member in parent.EnumerateObject().Where(member => !names.Contains(member.Name, StringComparer.OrdinalIgnoreCase)))
        {
            throw ScimException.InvalidSyntax(
                $"Unknown member {ScimException.Quote(member.Name)}. Known members: {string.Join(", ", names)}.");
        }
    }

    /// <summary>Returns the last member with this name; null when there is none.</summary>
    public static JsonElement? Member(JsonElement parent, string name)
    {
        var found = parent.EnumerateObject().Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? null : found[^1].Value;
    }

    /// <summary>Returns the text of a string; null for other values and for null.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>: an unpaired surrogate.</exception>
    public static string? Text(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            throw ScimException.InvalidSyntax("A string contains an unpaired surrogate.");
        }
    }
}
