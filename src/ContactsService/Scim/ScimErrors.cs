using System.Globalization;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Errors as SCIM writes them (RFC 7644, 3.12).</summary>
internal static class ScimErrors
{
    /// <summary>The type of the message.</summary>
    public const string MessageUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>The body for a failure.</summary>
    public static JsonObject Body(ScimException failure) => Body(failure.Status, failure.ScimType, failure.Message);

    /// <summary>The body for a failure that arose elsewhere.</summary>
    public static JsonObject Body(int status, string? scimType, string detail)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(MessageUrn) };
        if (scimType is not null)
        {
            body["scimType"] = scimType;
        }

        body["detail"] = detail;
        body["status"] = status.ToString(CultureInfo.InvariantCulture); // a string: RFC 7644, 3.12
        return body;
    }
}
