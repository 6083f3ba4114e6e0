using ContactsService.Access;

namespace ContactsService.Directory;

/// <summary>The names by which a user of the directory may be a caller, and whether the user is active.</summary>
internal sealed record DirectoryIdentity(string UserId, string UserName, string? ExternalId, bool Active)
{
    /// <summary>Those names, in lower case.</summary>
    public IEnumerable<string> Names { get; } =
        [.. ((string?[])[UserId, UserName, ExternalId]).OfType<string>().Select(UserAccess.NameOf).Distinct(StringComparer.Ordinal)];

    /// <summary>True when a change from one to the other does not concern access.</summary>
    public bool IsAs(DirectoryIdentity other) => Active == other.Active && Names.SequenceEqual(other.Names, StringComparer.Ordinal);
}

/// <summary>Ends the access of users whom the directory deactivates, renames or removes, in the transaction that does so.</summary>
internal sealed class DirectoryAccess(UserAccessWriter access)
{
    /// <summary>Applies changes of users.</summary>
    /// <param name="organization">Their organization.</param>
    /// <param name="changes">Each user before and after; null for one who does not exist.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task ApplyAsync(
        string organization,
        IEnumerable<(DirectoryIdentity? Before, DirectoryIdentity? After)> changes,
        CancellationToken cancellationToken)
    {
        var ended = new Dictionary<string, string>(StringComparer.Ordinal);
        var restored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (before, after) in changes.Where(change => !IsSame(change.Before, change.After)))
        {
            foreach (var name in before?.Names ?? [])
            {
                ended[name] = after is null ? EndReason.Deleted : EndReason.Renamed;
            }

            foreach (var name in after is { Active: false } ? after.Names : [])
            {
                ended[name] = EndReason.Deactivated;
            }

            restored.UnionWith(after is { Active: true } ? after.Names : []);
        }

        return access.ApplyAsync(organization, ended, restored, cancellationToken);
    }

    private static bool IsSame(DirectoryIdentity? before, DirectoryIdentity? after) =>
        before is not null && after is not null && before.IsAs(after);
}
