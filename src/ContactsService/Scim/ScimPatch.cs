using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Applies PATCH requests (RFC 7644, 3.5.2), in the forms of the standard, Okta and Entra ID.</summary>
internal static class ScimPatch
{
    /// <summary>Returns the changed resource. The argument does not change.</summary>
    /// <param name="resource">A stored user, as <see cref="ScimUserJson"/> and this class create them.</param>
    /// <param name="patchRequest">The body of the request.</param>
    /// <exception cref="ScimException">
    /// <c>invalidSyntax</c>, <c>invalidPath</c>, <c>invalidValue</c>, <c>noTarget</c>, <c>mutability</c>.
    /// </exception>
    public static JsonObject Apply(JsonObject resource, JsonElement patchRequest)
    {
        var user = (JsonObject)resource.DeepClone();
        foreach (var operation in ScimPatchOperation.ReadAll(patchRequest))
        {
            Apply(user, operation);
        }

        return ScimUserJson.Finish(user);
    }

    private static void Apply(JsonObject user, ScimPatchOperation operation)
    {
        if (operation.Change is ScimChange.Remove)
        {
            // RFC 7644, 3.5.2.2: a removal without a path has no target.
            ScimPatchRemoval.Apply(
                user, operation.Path ?? throw ScimException.NoTarget("A remove operation needs a path."), operation.Value);
            return;
        }

        var value = operation.Value ?? throw ScimException.InvalidValue("An add or replace operation needs a value.");
        if (operation.Path is null)
        {
            AssignMembers(user, operation.Change, null, value);
        }
        else
        {
            Assign(user, operation.Change, operation.Path, value);
        }
    }

    // Without a path, the members of the value are paths themselves. Okta sends plain names, Entra ID also names with dots and URNs.
    private static void AssignMembers(JsonObject user, ScimChange change, ScimSchema? schema, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null && schema is { IsExtension: true })
        {
            ScimPatchSingle.Set(user, change, schema.Urn, null);
            return;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw ScimException.InvalidValue($"The value for {schema?.Urn ?? "the resource"} must be an object of attributes.");
        }

        foreach (var member in value.EnumerateObject().Where(member => schema is not null || !IsOwnId(user, member)))
        {
            Assign(user, change, schema is null ? member.Name : $"{schema.Urn}:{member.Name}", member.Value);
        }
    }

    // Okta repeats the id in the value. It does not change.
    private static bool IsOwnId(JsonObject user, JsonProperty member) =>
        member.Name.Equals("id", StringComparison.OrdinalIgnoreCase)
        && member.Value.ValueKind is JsonValueKind.String
        && user["id"] is JsonValue id
        && member.Value.ValueEquals(id.GetValue<string>());

    private static void Assign(JsonObject user, ScimChange change, string pathText, JsonElement value)
    {
        if (ScimSchemas.Of(pathText) is { } schema)
        {
            AssignMembers(user, change, schema, value);
            return;
        }

        var path = ScimPath.Parse(pathText);
        RefuseReadOnly(path.Path);
        if (path.Path.Attribute.IsSecret || path.Path.Attribute.Name == "schemas")
        {
            // The password is not stored, and schemas follow from the attributes. Both are validated all the same.
            ScimUserJson.RefuseUnknownSchemas(ScimValues.Read(path.Path.Attribute, value, pathText) as JsonArray);
            return;
        }

        var holder = Holder(user, path.Path.Schema);
        if (path.Path.Attribute.IsMultiValued)
        {
            ScimPatchList.Assign(holder, change, path, value);
        }
        else
        {
            ScimPatchSingle.Assign(holder, change, path.Path, value);
        }
    }

    /// <summary>Refuses attributes that only the service sets.</summary>
    /// <exception cref="ScimException"><c>mutability</c>.</exception>
    public static void RefuseReadOnly(ScimAttributePath path)
    {
        if (path.Attribute.IsReadOnly || path.Target.IsReadOnly)
        {
            throw ScimException.Mutability($"{path} is read-only.");
        }
    }

    private static JsonObject Holder(JsonObject user, ScimSchema schema)
    {
        if (!schema.IsExtension)
        {
            return user;
        }

        if (user[schema.Urn] is not JsonObject members)
        {
            user[schema.Urn] = members = [];
        }

        return members;
    }
}
