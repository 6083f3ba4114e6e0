using System.Globalization;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>How an operation of a bulk request has ended.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Id">The id of the user; null after an error.</param>
/// <param name="Version">The version of the user; null after an error or a removal.</param>
/// <param name="Error">The error; null for none.</param>
internal sealed record ScimBulkOutcome(ScimBulkOperation Operation, int Status, string? Id, long? Version, ScimException? Error)
{
    /// <summary>The entry of the answer (RFC 7644, 3.7).</summary>
    /// <param name="baseUrl">The base address of the API.</param>
    public JsonObject ToJson(string baseUrl)
    {
        var json = new JsonObject { ["method"] = Operation.Method };
        if (Operation.BulkId is not null)
        {
            json["bulkId"] = Operation.BulkId;
        }

        if (Id is not null)
        {
            json["location"] = ScimUser.LocationOf(Id, baseUrl);
        }
        else if (Operation.Method != "POST" && Operation.Path.Length > 0)
        {
            json["location"] = baseUrl + Operation.Path;
        }

        if (Version is { } version)
        {
            json["version"] = ScimUser.ETagOf(version);
        }

        json["status"] = Status.ToString(CultureInfo.InvariantCulture);
        if (Error is not null)
        {
            json["response"] = ScimErrors.Body(Error);
        }

        return json;
    }
}
