using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>The kinds of operations (RFC 7644, 3.5.2).</summary>
internal enum ScimChange
{
    /// <summary>Adds values to existing ones.</summary>
    Add,

    /// <summary>Replaces existing values.</summary>
    Replace,

    /// <summary>Removes values.</summary>
    Remove,
}

/// <summary>An operation of a PATCH request.</summary>
/// <param name="Change">The kind of operation.</param>
/// <param name="Path">The path as it was sent; null for the whole resource.</param>
/// <param name="Value">Null when the member is absent.</param>
internal sealed record ScimPatchOperation(ScimChange Change, string? Path, JsonElement? Value)
{
    private const string MessageUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>Reads a request. Members that RFC 7644 does not define are ignored: Entra ID sends a "name" with its operations.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public static IReadOnlyList<ScimPatchOperation> ReadAll(JsonElement request)
    {
        ScimRequestMessage.Require(request, MessageUrn);
        if (ScimRequestMessage.Member(request, "Operations") is not { ValueKind: JsonValueKind.Array } operations
            || operations.GetArrayLength() == 0)
        {
            throw ScimException.InvalidSyntax("Operations must be a list with at least one operation.");
        }

        return operations.GetArrayLength() <= ScimValues.MaxEntries
            ? [.. operations.EnumerateArray().Select(Read)]
            : throw ScimException.InvalidSyntax($"Operations may have at most {ScimValues.MaxEntries} entries.");
    }

    private static ScimPatchOperation Read(JsonElement operation)
    {
        if (operation.ValueKind is not JsonValueKind.Object)
        {
            throw ScimException.InvalidSyntax("An operation must be an object.");
        }

        var path = ScimRequestMessage.Member(operation, "path");
        if (path is not (null or { ValueKind: JsonValueKind.Null or JsonValueKind.String }))
        {
            throw ScimException.InvalidSyntax("The path of an operation must be a string.");
        }

        return new(
            ReadChange(ScimRequestMessage.Member(operation, "op")),
            ScimRequestMessage.Text(path),
            ScimRequestMessage.Member(operation, "value"));
    }

    // Entra ID writes "Add", "Replace" and "Remove".
    private static ScimChange ReadChange(JsonElement? op) => ScimRequestMessage.Text(op)?.ToUpperInvariant() switch
    {
        "ADD" => ScimChange.Add,
        "REPLACE" => ScimChange.Replace,
        "REMOVE" => ScimChange.Remove,
        _ => throw ScimException.InvalidSyntax("The op of an operation must be add, replace or remove."),
    };
}
