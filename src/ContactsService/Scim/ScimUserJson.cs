using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Reads the body of POST and PUT (RFC 7644, 3.3 and 3.5.1).</summary>
internal static class ScimUserJson
{
    /// <summary>
    /// Returns the resource as it is stored: canonical names, no password, no empty values, no <c>id</c> or <c>meta</c>, and <c>schemas</c>
    /// according to the attributes. Booleans may be strings. <c>id</c>, <c>meta</c> and <c>groups</c> are ignored.
    /// </summary>
    /// <exception cref="ScimException">
    /// <c>invalidSyntax</c>: <c>schemas</c> without the core schema, an unknown schema or attribute. <c>invalidValue</c>: no
    /// <c>userName</c>, a wrong type or size.
    /// </exception>
    public static JsonObject Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw ScimException.InvalidSyntax("The body must be a JSON object.");
        }

        var user = new JsonObject();
        foreach (var member in body.EnumerateObject())
        {
            ReadMember(user, member);
        }

        RefuseWithoutSchema(user);
        return Finish(user);
    }

    /// <summary>Validates the whole resource, updates <c>schemas</c> to match its attributes, and puts it first.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>: no <c>userName</c>.</exception>
    public static JsonObject Finish(JsonObject user)
    {
        if (user["userName"] is not JsonValue name || string.IsNullOrWhiteSpace(name.GetValue<string>()))
        {
            throw ScimException.InvalidValue("userName is required.");
        }

        foreach (var empty in ScimSchemas.All.Where(schema => user[schema.Urn] is JsonObject { Count: 0 }).ToList())
        {
            user.Remove(empty.Urn);
        }

        user.Remove("schemas");
        var schemas = ScimSchemas.All.Where(schema => !schema.IsExtension || user.ContainsKey(schema.Urn));
        user.Insert(0, "schemas", new JsonArray([.. schemas.Select(schema => JsonValue.Create(schema.Urn))]));
        return user;
    }

    /// <summary>Refuses unknown schemas.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public static void RefuseUnknownSchemas(JsonNode? urns)
    {
        var unknown = (urns as JsonArray ?? []).Select(urn => urn!.GetValue<string>()).FirstOrDefault(urn => ScimSchemas.Of(urn) is null);
        if (unknown is not null)
        {
            throw ScimException.InvalidSyntax($"There is no schema {ScimException.Quote(unknown)}.");
        }
    }

    private static void ReadMember(JsonObject user, JsonProperty member)
    {
        if (ScimSchemas.Of(member.Name) is { IsExtension: true } extension)
        {
            Add(user, extension.Urn, ReadExtension(extension, member.Value));
            return;
        }

        var attribute = ScimSchemas.User.Find(member.Name)
            ?? throw ScimException.InvalidSyntax($"There is no attribute or schema {ScimException.Quote(member.Name)}.");
        if (!attribute.IsReadOnly && ScimValues.Read(attribute, member.Value, attribute.Name) is { } value && !attribute.IsSecret)
        {
            Add(user, attribute.Name, value);
        }
    }

    private static JsonObject? ReadExtension(ScimSchema schema, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw ScimException.InvalidValue($"{schema.Urn} must be an object.");
        }

        var members = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            var attribute = schema.Find(member.Name)
                ?? throw ScimException.InvalidSyntax($"{schema.Urn} has no attribute {ScimException.Quote(member.Name)}.");
            Add(members, attribute.Name, ScimValues.Read(attribute, member.Value, $"{schema.Urn}:{attribute.Name}"));
        }

        return members;
    }

    // The parser refuses duplicate names, but not names that differ only in case.
    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null && !target.TryAdd(name, value))
        {
            throw ScimException.InvalidSyntax($"{name} appears twice.");
        }
    }

    private static void RefuseWithoutSchema(JsonObject user)
    {
        RefuseUnknownSchemas(user["schemas"]);
        var core = user["schemas"] is JsonArray urns
            && urns.Any(urn => ScimSchemas.Of(urn!.GetValue<string>()) is { IsExtension: false });
        if (!core)
        {
            throw ScimException.InvalidSyntax($"schemas must contain {ScimUserSchema.Urn}.");
        }
    }
}
