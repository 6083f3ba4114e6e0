using System.Text.Json.Nodes;
using ContactsService.Books;
using ContactsService.Directory;

namespace ContactsService.Scim;

/// <summary>A user in the memory of a bulk request.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">The resource; no operation changes the object itself.</param>
/// <param name="UserName">Folded.</param>
/// <param name="ExternalId">Null for none.</param>
/// <param name="Version">The revision of the book that last changed it.</param>
/// <param name="Created">UTC.</param>
internal sealed record ScimBulkUser(string Id, JsonObject Resource, string UserName, string? ExternalId, long Version, DateTime Created)
{
    /// <summary>What is written of it; null when no operation has changed it.</summary>
    public DirectoryUserChange? Change { get; init; }
}

/// <summary>What an operation makes of a user.</summary>
/// <param name="Resource">The new resource; null when the user is removed.</param>
/// <param name="Draft">What is stored of it; null when the user is removed.</param>
/// <param name="Contact">What is stored of its contact.</param>
internal sealed record ScimBulkResult(JsonObject? Resource, DirectoryUserDraft? Draft, IReadOnlyList<object?> Contact);

/// <summary>
/// The users that a bulk request is about, as its operations leave them. They are loaded together, changed in memory, and written together.
/// What has been asked for stays asked for: the next load brings it, too.
/// </summary>
/// <param name="batch">Loads and writes.</param>
/// <param name="access">Ends and restores the access of users.</param>
/// <param name="transaction">Gives versions and times.</param>
/// <param name="book">The organization's book.</param>
/// <param name="firstStep">How many steps the transaction has written already.</param>
internal sealed class ScimBulkDirectory(
    DirectoryUserBatch batch, DirectoryAccess access, BookTransaction transaction, BookKey book, int firstStep)
{
    // A patch of a few bytes may concern a user of 256 KiB. A thousand of them do not belong into memory, where each takes several times as
    // much; a thousand usual ones have one or two megabytes.
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> userNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> externalIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimBulkUser> stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimBulkUser> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DirectoryUserChange> removed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> ownersOfUserNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> ownersOfExternalIds = new(StringComparer.Ordinal);
    private int steps;
    private int bytes;

    /// <summary>False when somebody has asked for what was not loaded: what has been answered since may be wrong.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True when no further results should be kept.</summary>
    public bool IsFull => bytes > MaxBytes;

    /// <summary>Asks for a user.</summary>
    public void Ask(string id) => IsComplete &= !ids.Add(id);

    /// <summary>Asks for the users who have these names.</summary>
    public void Ask(DirectoryUserDraft draft)
    {
        IsComplete &= !userNames.Add(draft.UserName);
        IsComplete &= draft.ExternalId is null || !externalIds.Add(draft.ExternalId);
    }

    /// <summary>Loads what was asked for, as the database has it, and forgets all changes.</summary>
    /// <returns>False when it does not fit into memory; a single user always does.</returns>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var maxBytes = ids.Count == 1 ? int.MaxValue : MaxBytes;
        var rows = await batch.FindAsync(book, [.. ids], [.. userNames], [.. externalIds], maxBytes, cancellationToken);
        users.Clear();
        removed.Clear();
        ownersOfUserNames.Clear();
        ownersOfExternalIds.Clear();
        (steps, bytes) = (0, 0);
        IsComplete = true;
        foreach (var row in rows ?? [])
        {
            SetNames(row.UserId, row.UserName, row.ExternalId);
            if (row.Resource is { } resource)
            {
                users[row.UserId] = stored[row.UserId] = Parsed(row, resource);
            }
        }

        return rows is not null;
    }

    /// <summary>The user with this id as the operations so far leave it; null when there is none.</summary>
    public ScimBulkUser? Find(string id)
    {
        Ask(id);
        return users.GetValueOrDefault(id);
    }

    /// <summary>Adds or replaces a user.</summary>
    /// <param name="current">The user; null when it is added.</param>
    /// <param name="result">What becomes of it; not a removal.</param>
    /// <returns>The user with its new version.</returns>
    /// <exception cref="ScimException"><c>uniqueness</c>.</exception>
    public ScimBulkUser Write(ScimBulkUser? current, ScimBulkResult result)
    {
        var draft = result.Draft!;
        bytes += draft.Resource.Length;
        RequireUnique(draft);
        FreeNames(current);
        SetNames(draft.UserId, draft.UserName, draft.ExternalId);
        var change = Change(draft.UserId, current, result);
        return users[draft.UserId] = new(draft.UserId, result.Resource!, draft.UserName, draft.ExternalId, change.Version, change.Created)
        {
            Change = change,
        };
    }

    /// <summary>Removes a user.</summary>
    public void Remove(ScimBulkUser user, ScimBulkResult result)
    {
        FreeNames(user);
        users.Remove(user.Id);
        removed[user.Id] = Change(user.Id, user, result);
    }

    /// <summary>Writes the changes, in a number of statements that does not depend on theirs.</summary>
    /// <returns>The number of steps.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        if (steps > 0)
        {
            DirectoryUserChange[] changes =
                [.. users.Values.Select(user => user.Change).OfType<DirectoryUserChange>().Concat(removed.Values)];
            await batch.WriteAsync(book, changes, steps, transaction.TimeOf(firstStep + steps - 1), cancellationToken);
            await access.ApplyAsync(book.Organization, changes.Select(change => Identities(change.UserId)), cancellationToken);
        }

        return steps;
    }

    private (DirectoryIdentity? Before, DirectoryIdentity? After) Identities(string id) =>
        (IdentityOf(stored.GetValueOrDefault(id)), IdentityOf(users.GetValueOrDefault(id)));

    private static DirectoryIdentity? IdentityOf(ScimBulkUser? user) =>
        user is null ? null : ScimUserDrafts.IdentityOf(user.Id, user.Resource);

    // The same object for the same version: operations keep what they have computed from it.
    private ScimBulkUser Parsed(StoredDirectoryUser row, byte[] resource) =>
        stored.TryGetValue(row.UserId, out var user) && user.Version == row.Version
            ? user
            : new(row.UserId, JsonNode.Parse(resource)!.AsObject(), row.UserName, row.ExternalId, row.Version, row.Created);

    private void RequireUnique(DirectoryUserDraft draft)
    {
        Ask(draft);
        if (IsTaken(ownersOfUserNames, draft.UserName, draft.UserId))
        {
            throw ScimUserDrafts.Taken("userName");
        }

        if (draft.ExternalId is not null && IsTaken(ownersOfExternalIds, draft.ExternalId, draft.UserId))
        {
            throw ScimUserDrafts.Taken("externalId");
        }
    }

    private static bool IsTaken(Dictionary<string, string> owners, string name, string id) =>
        owners.TryGetValue(name, out var owner) && owner != id;

    private void SetNames(string id, string userName, string? externalId)
    {
        ownersOfUserNames[userName] = id;
        if (externalId is not null)
        {
            ownersOfExternalIds[externalId] = id;
        }
    }

    private void FreeNames(ScimBulkUser? user)
    {
        if (user is null)
        {
            return;
        }

        ownersOfUserNames.Remove(user.UserName);
        if (user.ExternalId is not null)
        {
            ownersOfExternalIds.Remove(user.ExternalId);
        }
    }

    private DirectoryUserChange Change(string id, ScimBulkUser? current, ScimBulkResult result)
    {
        var time = transaction.TimeOf(firstStep + steps);
        return new(
            id,
            result.Draft,
            result.Contact,
            IsNew: current is null || current.Change?.IsNew == true,
            transaction.NextVersion + firstStep + steps++,
            current?.Created ?? time,
            time);
    }
}
