using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>A bulk request (RFC 7644, 3.7).</summary>
internal sealed record ScimBulkRequest(IReadOnlyList<ScimBulkOperation> Operations, int FailOnErrors)
{
    private const string Urn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static readonly string[] Names = ["schemas", "failOnErrors", "Operations"];

    /// <summary>Reads the body.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>, <c>invalidValue</c>; 413.</exception>
    public static ScimBulkRequest Read(JsonElement body)
    {
        ScimRequestMessage.Require(body, Urn);
        ScimRequestMessage.RefuseOthers(body, Names);
        if (ScimRequestMessage.Member(body, "Operations") is not { ValueKind: JsonValueKind.Array } operations)
        {
            throw ScimException.InvalidSyntax("Operations must be a list.");
        }

        // 413, not 400: RFC 7644, 3.7.4.
        if (operations.GetArrayLength() > ScimDiscovery.BulkMaxOperations)
        {
            throw new ScimException(
                StatusCodes.Status413PayloadTooLarge,
                null,
                $"A bulk request may have at most {ScimDiscovery.BulkMaxOperations} operations.");
        }

        var failOnErrors = int.MaxValue;
        if (ScimRequestMessage.Member(body, "failOnErrors") is { } limit
            && !(limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out failOnErrors) && failOnErrors > 0))
        {
            throw ScimException.InvalidValue("failOnErrors must be a whole number of at least 1.");
        }

        return new([.. operations.EnumerateArray().Select(ScimBulkOperation.Read)], failOnErrors);
    }
}

/// <summary>An operation of a bulk request. Its errors are reported for the operation, not for the request.</summary>
internal sealed record ScimBulkOperation(string Method, string Path, string? BulkId, string? Version, JsonElement? Data)
{
    private static readonly string[] Names = ["method", "path", "bulkId", "version", "data"];

    private JsonElement Entry { get; init; }

    /// <summary>Reads an entry of the list. Members of the wrong type count as absent.</summary>
    public static ScimBulkOperation Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw ScimException.InvalidSyntax("An operation must be an object.");
        }

        string? Text(string name) => ScimRequestMessage.Text(ScimRequestMessage.Member(entry, name));
        return new(
            Text("method")?.ToUpperInvariant() ?? "",
            Text("path") ?? "",
            Text("bulkId"),
            Text("version"),
            ScimRequestMessage.Member(entry, "data"))
        {
            Entry = entry,
        };
    }

    /// <summary>Refuses unknown members.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>.</exception>
    public void RefuseOthers() => ScimRequestMessage.RefuseOthers(Entry, Names);
}
