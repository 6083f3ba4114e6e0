using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>What an operation does (RFC 7644, 3.5.2).</summary>
internal enum ScimChange
{
    /// <summary>Adds values to what is there.</summary>
    Add,

    /// <summary>Puts values in the place of what is there.</summary>
    Replace,

    /// <summary>Takes values away.</summary>
    Remove,
}

/// <summary>One operation of a PATCH request.</summary>
/// <param name="Change">What it does.</param>
/// <param name="Path">As it was sent; null for the resource as a whole.</param>
/// <param name="Value">Null when there was no such member.</param>
internal sealed record ScimPatchOperation(ScimChange Change, string? Path, JsonElement? Value)
{
    private const string MessageUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>Reads a request. Members that RFC 7644 does not know are ignored: Entra ID sends a "name" with its operations.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public static IReadOnlyList<ScimPatchOperation> ReadAll(JsonElement request)
    {
        ScimRequestMessage.Require(request, MessageUrn);
        if (ScimRequestMessage.Member(request, "Operations") is not { ValueKind: JsonValueKind.Array } operations || operations.GetArrayLength() == 0)
        {
            throw ScimException.InvalidSyntax("Operations is to be a list with at least one operation.");
        }

        return operations.GetArrayLength() <= ScimValues.MaxEntries
            ? [.. operations.EnumerateArray().Select(Read)]
            : throw ScimException.InvalidSyntax($"Operations has at most {ScimValues.MaxEntries} entries.");
    }

    private static ScimPatchOperation Read(JsonElement operation)
    {
        if (operation.ValueKind is not JsonValueKind.Object)
        {
            throw ScimException.InvalidSyntax("An operation is to be an object.");
        }

        var path = ScimRequestMessage.Member(operation, "path");
        if (path is not (null or { ValueKind: JsonValueKind.Null or JsonValueKind.String }))
        {
            throw ScimException.InvalidSyntax("The path of an operation is a string.");
        }

        return new(ReadChange(ScimRequestMessage.Member(operation, "op")), ScimRequestMessage.Text(path), ScimRequestMessage.Member(operation, "value"));
    }

    // Entra ID writes "Add", "Replace" and "Remove".
    private static ScimChange ReadChange(JsonElement? op) => ScimRequestMessage.Text(op)?.ToUpperInvariant() switch
    {
        "ADD" => ScimChange.Add,
        "REPLACE" => ScimChange.Replace,
        "REMOVE" => ScimChange.Remove,
        _ => throw ScimException.InvalidSyntax("The op of an operation is add, replace or remove."),
    };
}
