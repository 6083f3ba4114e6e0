using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Directory;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>
/// All writes of users: the user and the contact that callers see of it, in one transaction behind the lock of the organization's book.
/// </summary>
internal sealed class ScimUserWriter(BookTransaction transaction, DirectoryUserWriter users, RequestLimits limits)
{
    /// <summary>An id for a user to be added.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString();

    /// <summary>Runs an operation in one transaction, while the other writers of the organization's book wait.</summary>
    public Task<T> LockedAsync<T>(Caller caller, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("provision users");
        return transaction.InTransactionAsync(caller.Shared, operation, cancellationToken);
    }

    /// <summary>Adds a user.</summary>
    /// <exception cref="ScimException"><c>uniqueness</c>, <c>invalidValue</c>.</exception>
    public Task<ScimUser> AddAsync(Caller caller, string id, JsonObject resource, CancellationToken cancellationToken) =>
        LockedAsync(caller, async () =>
        {
            resource["id"] = id;
            resource["active"] ??= true;
            return (await WriteAsync(
                caller, id, () => users.AddAsync(caller.Shared, Draft(id, resource), cancellationToken), cancellationToken))!;
        }, cancellationToken);

    /// <summary>Changes a user, and its version when that makes a difference.</summary>
    /// <param name="caller">Whose directory.</param>
    /// <param name="id">Which user.</param>
    /// <param name="change">Makes the new resource of the stored one, which it leaves as it is.</param>
    /// <param name="precondition">The versions that may be changed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ScimException">As the change has it; <c>uniqueness</c>, <c>invalidValue</c>; 412.</exception>
    public Task<ScimUser?> ChangeAsync(
        Caller caller, string id, Func<JsonObject, JsonObject> change, ScimPrecondition precondition,
        CancellationToken cancellationToken) =>
        LockedAsync(caller, async () =>
        {
            if (await FindAsync(caller, id, cancellationToken) is not { } user)
            {
                return null;
            }

            precondition.Require(user.ETag);
            var resource = change(user.Resource);
            resource["id"] = id;
            resource["active"] ??= true;
            if (JsonNode.DeepEquals(resource, user.Resource))
            {
                return user; // with its version: RFC 7644, 3.5.2.1
            }

            return await WriteAsync(
                caller, id, () => users.ReplaceAsync(caller.Shared, Draft(id, resource), cancellationToken), cancellationToken);
        }, cancellationToken);

    /// <summary>Removes a user; who has them keeps the name.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ScimException">412.</exception>
    public Task<bool> RemoveAsync(Caller caller, string id, ScimPrecondition precondition, CancellationToken cancellationToken) =>
        LockedAsync(caller, async () =>
        {
            if (await FindAsync(caller, id, cancellationToken) is not { } user)
            {
                return false;
            }

            precondition.Require(user.ETag);
            await users.RemoveAsync(caller.Shared, id, ScimUser.ToDraft(user.Resource), cancellationToken);
            return true;
        }, cancellationToken);

    private Task<ScimUser?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        transaction.FindAsync(ScimUserReader.Find(caller, id), ScimUser.Read, cancellationToken);

    // Read again, as the database keeps the resource.
    private async Task<ScimUser?> WriteAsync(Caller caller, string id, Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write();
        }
        catch (Exception refused) when (
            DatabaseFailure.ViolatedConstraint(refused)
                is DirectoryUserConfiguration.NameUnique or DirectoryUserConfiguration.ExternalIdUnique)
        {
            var constraint = DatabaseFailure.ViolatedConstraint(refused);
            var attribute = constraint == DirectoryUserConfiguration.NameUnique ? "userName" : "externalId";
            throw new ScimException(
                409,
                "uniqueness",
                $"Another user of the organization has this {attribute}; search for it with filter={attribute} eq \"...\".");
        }

        return await FindAsync(caller, id, cancellationToken);
    }

    private DirectoryUserDraft Draft(string id, JsonObject resource) => new(
        id,
        Json(resource),
        Short("userName", CaseFolding.Text(resource["userName"]!.GetValue<string>()))!,
        Short("externalId", resource["externalId"]?.GetValue<string>() is { Length: > 0 } name ? name : null),
        resource["active"]!.GetValue<bool>(),
        ScimUser.ToDraft(resource));

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
