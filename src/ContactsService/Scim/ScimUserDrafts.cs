using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Directory;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>What is stored of a user, made of the resource. It depends on nothing that is stored already.</summary>
internal sealed class ScimUserDrafts(RequestLimits limits)
{
    /// <summary>Adds to a resource what the service decides, and returns it.</summary>
    public static JsonObject Complete(string id, JsonObject resource)
    {
        resource["id"] = id;
        resource["active"] ??= true;
        return resource;
    }

    /// <summary>The error for a name that another user of the organization has.</summary>
    /// <param name="attribute"><c>userName</c> or <c>externalId</c>.</param>
    public static ScimException Taken(string attribute) => new(
        StatusCodes.Status409Conflict,
        "uniqueness",
        $"Another user of the organization has this {attribute}; search for it with filter={attribute} eq \"...\".");

    /// <summary>Makes a draft of a complete resource.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>: a name is too long; 413.</exception>
    public DirectoryUserDraft Of(string id, JsonObject resource) => new(
        id,
        Json(resource),
        Short("userName", CaseFolding.Text(resource["userName"]!.GetValue<string>()))!,
        Short("externalId", resource["externalId"]?.GetValue<string>() is { Length: > 0 } name ? name : null),
        resource["active"]!.GetValue<bool>(),
        ScimUser.ToDraft(resource));

    /// <summary>The names of a complete resource, by which its user may be a caller.</summary>
    public static DirectoryIdentity IdentityOf(string id, JsonObject resource) => new(
        id,
        resource["userName"]!.GetValue<string>(),
        resource["externalId"]?.GetValue<string>(),
        resource["active"]!.GetValue<bool>());

    // A patch may add to what is there; one request could never have sent it all.
    private string Json(JsonObject resource)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, JsonText.Options);
        return json.Length <= limits.BodyBytes
            ? Encoding.UTF8.GetString(json)
            : throw new ScimException(StatusCodes.Status413PayloadTooLarge, null, $"A user has at most {limits.BodyBytes} bytes.");
    }

    // As it is stored and compared: folding makes ß two letters.
    private static string? Short(string attribute, string? name) => name is null || name.Length <= DirectoryUserConfiguration.MaxNameLength
        ? name
        : throw ScimException.InvalidValue($"{attribute} has at most {DirectoryUserConfiguration.MaxNameLength} characters.");
}
