using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Changes.Webhooks;

/// <summary>A webhook whose receiver is to be told of changes now.</summary>
internal sealed record DueWebhook(Guid WebhookId, string Organization);

/// <summary>
/// Finds the webhooks that are due, and claims their organizations for this instance: only the instance with the lease delivers. Safe for
/// any number of threads.
/// </summary>
internal sealed class WebhookQueue(Database database)
{
    /// <summary>The webhooks of an organization that are served at the same time. Others of it wait.</summary>
    public const int MaxOfOrganization = 32;

    /// <summary>
    /// How long an organization stays with an instance that died. Longer than an attempt takes, so that a lease never has to be renewed
    /// during one.
    /// </summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(25);

    // The book's revision tells that there is something new; what it is matters only when the message is made.
    private const string DueSql = """
        SELECT due.webhook_id, due.organization
        FROM (
            SELECT w.webhook_id, w.organization, w.next_attempt,
                   row_number() OVER (PARTITION BY w.organization ORDER BY w.next_attempt, w.webhook_id) AS place
            FROM webhook w
            JOIN book b ON b.book_id = w.book_id AND b.organization = w.organization
            LEFT JOIN webhook_lease l ON l.organization = w.organization
            WHERE w.status = 'active' AND w.next_attempt <= $1 AND b.revision > w.position AND w.webhook_id <> ALL($2)
              AND (l.organization IS NULL OR l.expires < now() OR l.holder = $3)
        ) due
        WHERE due.place <= $4
        ORDER BY due.next_attempt, due.webhook_id
        LIMIT $5
        """;

    private const string ClaimSql = """
        INSERT INTO webhook_lease AS lease (organization, holder, expires)
        SELECT claimed.organization, $2, now() + make_interval(secs => $3)
        FROM unnest($1) AS claimed (organization)
        ON CONFLICT ON CONSTRAINT webhook_lease_key DO UPDATE SET holder = excluded.holder, expires = excluded.expires
            WHERE lease.expires < now() OR lease.holder = excluded.holder
        RETURNING lease.organization
        """;

    private const string ReleaseSql = "DELETE FROM webhook_lease WHERE holder = $1";

    private volatile bool hasClaimed;

    /// <summary>What this instance is called in leases.</summary>
    public Guid Holder { get; } = Guid.NewGuid();

    /// <summary>The webhooks that are due and that no other instance delivers for, those that wait the longest first.</summary>
    public Task<List<DueWebhook>> FindDueAsync(DateTime now, Guid[] begun, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            () => Statement.Of(
                DueSql,
                Statement.Value(now),
                Statement.Value(begun),
                Statement.Value(Holder),
                Statement.Value((long)MaxOfOrganization),
                Statement.Value((long)limit)),
            row => new DueWebhook(row.GetGuid(0), row.GetString(1)),
            cancellationToken);

    /// <summary>Claims organizations, or extends the claims that this instance has.</summary>
    /// <returns>Those that it may deliver for until <see cref="LeaseTime"/> is over.</returns>
    public async Task<HashSet<string>> ClaimAsync(IEnumerable<string> organizations, CancellationToken cancellationToken)
    {
        hasClaimed = true;
        // In one order, so that two instances do not wait for each other.
        string[] sorted = [.. organizations.Order(StringComparer.Ordinal)];
        var claimed = await ReadAsync(
            () => Statement.Of(
                ClaimSql,
                Statement.Value(sorted),
                Statement.Value(Holder),
                new NpgsqlParameter<double> { TypedValue = LeaseTime.TotalSeconds }),
            row => row.GetString(0),
            cancellationToken);
        return [.. claimed];
    }

    /// <summary>Gives all organizations back.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (hasClaimed)
        {
            await ReadAsync(() => Statement.Of(ReleaseSql, Statement.Value(Holder)), _ => 0, cancellationToken);
        }
    }

    // Each of the statements may be repeated when a connection was lost.
    private Task<List<T>> ReadAsync<T>(
        Func<NpgsqlBatchCommand> statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                await using var batch = Statement.Batch(connection, statement());
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            cancellationToken);
}
