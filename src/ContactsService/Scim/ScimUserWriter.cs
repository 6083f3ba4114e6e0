using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Directory;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>
/// Writes single users: the user and the contact that callers see of it, in one transaction behind the lock of the organization's book.
/// <see cref="ScimBulk"/> writes many.
/// </summary>
internal sealed class ScimUserWriter(
    BookTransaction transaction, DirectoryUserWriter users, DirectoryAccess access, ScimUserDrafts drafts)
{
    /// <summary>An id for a user to be added.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString();

    /// <summary>Adds a user.</summary>
    /// <exception cref="ScimException"><c>uniqueness</c>, <c>invalidValue</c>.</exception>
    public Task<ScimUser> AddAsync(Caller caller, string id, JsonObject resource, CancellationToken cancellationToken) =>
        LockedAsync(caller, async () =>
        {
            ScimUserDrafts.Complete(id, resource);
            var added = await WriteAsync(
                caller, id, () => users.AddAsync(caller.Shared, drafts.Of(id, resource), cancellationToken), cancellationToken);
            await access.ApplyAsync(caller.Organization, [(null, ScimUserDrafts.IdentityOf(id, resource))], cancellationToken);
            return added!;
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
            var resource = ScimUserDrafts.Complete(id, change(user.Resource));
            if (JsonNode.DeepEquals(resource, user.Resource))
            {
                return user; // with its version: RFC 7644, 3.5.2.1
            }

            var changed = await WriteAsync(
                caller, id, () => users.ReplaceAsync(caller.Shared, drafts.Of(id, resource), cancellationToken), cancellationToken);
            await access.ApplyAsync(
                caller.Organization,
                [(ScimUserDrafts.IdentityOf(id, user.Resource), ScimUserDrafts.IdentityOf(id, resource))],
                cancellationToken);
            return changed;
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
            await access.ApplyAsync(caller.Organization, [(ScimUserDrafts.IdentityOf(id, user.Resource), null)], cancellationToken);
            return true;
        }, cancellationToken);

    private Task<T> LockedAsync<T>(Caller caller, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("provision users");
        return transaction.InTransactionAsync(caller.Shared, operation, cancellationToken);
    }

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
            throw ScimUserDrafts.Taken(
                DatabaseFailure.ViolatedConstraint(refused) == DirectoryUserConfiguration.NameUnique ? "userName" : "externalId");
        }

        return await FindAsync(caller, id, cancellationToken);
    }
}
