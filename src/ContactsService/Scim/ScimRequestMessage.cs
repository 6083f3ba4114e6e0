using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>The body of a PATCH, a bulk request or a search: an object whose <c>schemas</c> say what it is. Names compare without case (RFC 7643, 2.1).</summary>
internal static class ScimRequestMessage
{
    /// <summary>Demands that the body is this message.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public static void Require(JsonElement body, string urn)
    {
        if (body.ValueKind is not JsonValueKind.Object
            || Member(body, "schemas") is not { ValueKind: JsonValueKind.Array } urns
            || !urns.EnumerateArray().Any(one => urn.Equals(Text(one), StringComparison.OrdinalIgnoreCase)))
        {
            throw ScimException.InvalidSyntax($"The body is to be an object whose schemas contain {urn}.");
        }
    }

    /// <summary>Refuses members that the message has not.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>, naming the first.</exception>
    public static void RefuseOthers(JsonElement parent, IReadOnlyList<string> names)
    {
        foreach (var member in parent.EnumerateObject().Where(member => !names.Contains(member.Name, StringComparer.OrdinalIgnoreCase)))
        {
            throw ScimException.InvalidSyntax($"There is no member {ScimException.Quote(member.Name)} here. There are: {string.Join(", ", names)}.");
        }
    }

    /// <summary>The last member of this name; null when there is none.</summary>
    public static JsonElement? Member(JsonElement parent, string name)
    {
        var found = parent.EnumerateObject().Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? null : found[^1].Value;
    }

    /// <summary>A string's text; null for anything else, or nothing.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>: half a surrogate pair.</exception>
    public static string? Text(JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            throw ScimException.InvalidSyntax("A string holds half a surrogate pair.");
        }
    }
}
