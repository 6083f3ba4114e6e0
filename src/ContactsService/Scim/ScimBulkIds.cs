using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>The ids of the users that a bulk request adds, by their bulkIds (RFC 7644, 3.7.2).</summary>
internal sealed class ScimBulkIds
{
    private const string Prefix = "bulkId:";

    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>
    /// Creates the ids before the first operation, so that operations may refer to each other in any order, also mutually.
    /// </summary>
    /// <exception cref="ScimException"><c>invalidValue</c>: a bulkId appears twice.</exception>
    public ScimBulkIds(ScimBulkRequest request)
    {
        var bulkIds = request.Operations.Where(operation => operation.Method == "POST")
            .Select(operation => operation.BulkId).OfType<string>();
        foreach (var bulkId in bulkIds)
        {
            if (!ids.TryAdd(bulkId, ScimUserWriter.NewId()))
            {
                throw ScimException.InvalidValue($"The bulkId {ScimException.Quote(bulkId)} appears twice.");
            }
        }
    }

    /// <summary>The id of the user that a POST adds.</summary>
    public string Of(string bulkId) => ids[bulkId];

    /// <summary>Replaces a reference by the id that it means; any other text stays.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>; 409.</exception>
    public string Resolve(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return text;
        }

        var bulkId = text[Prefix.Length..];
        return ids.GetValueOrDefault(bulkId)
            ?? throw new ScimException(
                StatusCodes.Status409Conflict, "invalidValue", $"There is no POST with the bulkId {ScimException.Quote(bulkId)}.");
    }

    /// <summary>
    /// Replaces the reference in a user, and returns the user. Of all writable attributes, only the manager refers to another resource. The
    /// reference is replaced after reading, because clients send the manager in several forms.
    /// </summary>
    /// <exception cref="ScimException"><c>invalidValue</c>; 409.</exception>
    public JsonObject Resolve(JsonObject user)
    {
        if (user[ScimExtensionSchemas.Enterprise.Urn]?["manager"] is JsonObject manager && manager["value"] is { } id)
        {
            manager["value"] = Resolve(id.GetValue<string>());
        }

        return user;
    }
}
