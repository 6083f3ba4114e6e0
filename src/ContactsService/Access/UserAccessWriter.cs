using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Access;

/// <summary>Why a user has no access.</summary>
internal static class EndReason
{
    public const string Deactivated = "deactivated";
    public const string Deleted = "deleted";

    /// <summary>The directory has given the user another name.</summary>
    public const string Renamed = "renamed";
}

/// <summary>Makes a statement that ends what users do without a request of theirs. It runs with those that end their access.</summary>
/// <param name="Statement">Of the organization, the lower-case names of the users, and the time.</param>
internal sealed record EndedUserStatement(Func<string, string[], DateTime, NpgsqlBatchCommand> Statement);

/// <summary>
/// Ends and restores the access of users, as a part of an open transaction. All instances refuse an ended user as soon as it is committed.
/// </summary>
internal sealed class UserAccessWriter(BookTransaction transaction, IEnumerable<EndedUserStatement> others, Clock clock)
{
    // A deleted user who comes back begins anew: what was issued to the one before does not count.
    private const string EndSql = """
        INSERT INTO user_access AS known (organization, user_name, ended, reason, valid_from)
        SELECT $1, r.name, $4, r.reason, CASE r.reason WHEN 'deleted' THEN $4 END FROM unnest($2::text[], $3::text[]) AS r(name, reason)
        ON CONFLICT ON CONSTRAINT user_access_key DO UPDATE
            SET ended = coalesce(known.ended, excluded.ended), reason = excluded.reason,
                valid_from = coalesce(excluded.valid_from, known.valid_from)
        """;

    private const string RestoreSql = """
        UPDATE user_access SET ended = NULL, reason = NULL
        WHERE organization = $1 AND user_name = ANY($2) AND ended IS NOT NULL
        """;

    private const string RevokeSql = "DELETE FROM api_token WHERE organization = $1 AND user_name = ANY($2)";

    private const string ValidFromSql = """
        INSERT INTO user_access (organization, user_name, valid_from) VALUES ($1, $2, $3)
        ON CONFLICT ON CONSTRAINT user_access_key DO UPDATE SET valid_from = excluded.valid_from
        """;

    private const string RaiseSql = """
        INSERT INTO access_revision AS known (organization, revision) VALUES ($1, 1)
        ON CONFLICT ON CONSTRAINT access_revision_key DO UPDATE SET revision = known.revision + 1
        """;

    /// <summary>
    /// Ends the access of some users and restores that of others. The tokens of those who are deleted are revoked for good.
    /// </summary>
    /// <param name="organization">Of all of them.</param>
    /// <param name="ended">Names, and why.</param>
    /// <param name="restored">Names; they win over the same name in <paramref name="ended"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task ApplyAsync(
        string organization, IReadOnlyDictionary<string, string> ended, IReadOnlySet<string> restored, CancellationToken cancellationToken)
    {
        var statements = new List<NpgsqlBatchCommand>();
        var reasons = Valid(ended.Keys).Where(name => !restored.Contains(name)).Order(StringComparer.Ordinal)
            .ToDictionary(name => name, name => ended[name], StringComparer.Ordinal);
        var back = Valid(restored).ToArray();
        if (back.Length > 0)
        {
            statements.Add(Statement.Of(RestoreSql, Statement.Value(organization), Statement.Value(back)));
        }

        if (reasons.Count > 0)
        {
            statements.AddRange(End(organization, reasons));
        }

        return statements.Count == 0 ? Task.CompletedTask : transaction.RunAsync(cancellationToken, [.. statements]);
    }

    /// <summary>Revokes all tokens of a user, those of identity providers as well.</summary>
    public Task RevokeAsync(string organization, string user, CancellationToken cancellationToken)
    {
        var name = UserAccess.NameOf(user);
        return transaction.RunAsync(
            cancellationToken,
            Statement.Of(RevokeSql, Statement.Value(organization), Statement.Value((string[])[name])),
            Statement.Of(ValidFromSql, Statement.Value(organization), Statement.Value(name), Statement.Value(clock.Now)),
            Raise(organization));
    }

    /// <summary>Makes all instances read the organization's tokens again.</summary>
    public static NpgsqlBatchCommand Raise(string organization) => Statement.Of(RaiseSql, Statement.Value(organization));

    private IEnumerable<NpgsqlBatchCommand> End(string organization, Dictionary<string, string> reasons)
    {
        var now = clock.Now;
        string[] names = [.. reasons.Keys];
        string[] deleted = [.. names.Where(name => reasons[name] == EndReason.Deleted)];
        yield return Statement.Of(
            EndSql,
            Statement.Value(organization),
            Statement.Value(names),
            Statement.Value([.. reasons.Values]),
            Statement.Value(now));
        if (deleted.Length > 0)
        {
            yield return Statement.Of(RevokeSql, Statement.Value(organization), Statement.Value(deleted));
        }

        foreach (var other in others)
        {
            yield return other.Statement(organization, names, now);
        }

        yield return Raise(organization);
    }

    // A name that is no id belongs to no caller.
    private static IEnumerable<string> Valid(IEnumerable<string> names) => names.Where(TextLimits.IsId);
}
