using System.Globalization;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Creates SCIM errors (RFC 7644, 3.12).</summary>
internal static class ScimErrors
{
    /// <summary>The URN of the message.</summary>
    public const string MessageUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

    public static JsonObject Body(ScimException failure)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(MessageUrn) };
        if (failure.ScimType is not null)
        {
            body["scimType"] = failure.ScimType;
        }

        body["detail"] = failure.Message;
        body["status"] = failure.Status.ToString(CultureInfo.InvariantCulture); // a string: RFC 7644, 3.12
        return body;
    }
}
