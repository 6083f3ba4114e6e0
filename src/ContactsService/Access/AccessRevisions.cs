using ContactsService.Storage;

namespace ContactsService.Access;

/// <summary>
/// Reads the revisions of access. Requests that arrive while a query runs share the next one: it begins after they have arrived, so that
/// no request is admitted that was sent after its user had lost access, and an instance never runs more than one of these queries at a
/// time. Safe for any number of threads.
/// </summary>
internal sealed class AccessRevisions(Database database)
{
    private const string Sql = "SELECT organization, revision FROM access_revision WHERE organization = ANY($1)";

    private readonly Lock gate = new();
    private Batch? next;
    private bool isRunning;

    /// <summary>The revision of an organization as it is now.</summary>
    public async ValueTask<long> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        Batch batch;
        var isFirst = false;
        lock (gate)
        {
            batch = next ??= new();
            batch.Organizations.Add(organization);
            if (!isRunning)
            {
                isRunning = isFirst = true;
            }
        }

        if (isFirst)
        {
            using (ExecutionContext.SuppressFlow()) // it asks for all, not for this request
            {
                _ = RunAsync();
            }
        }

        var revisions = await batch.Result.Task.WaitAsync(cancellationToken);
        return revisions.GetValueOrDefault(organization);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Batch batch;
            lock (gate)
            {
                if (next is null)
                {
                    isRunning = false;
                    return;
                }

                (batch, next) = (next, null);
            }

            try
            {
                batch.Result.SetResult(await ReadAsync([.. batch.Organizations]));
            }
            catch (Exception failure)
            {
                batch.Result.SetException(failure);
                _ = batch.Result.Task.Exception; // the requests may have gone
            }
        }
    }

    private Task<Dictionary<string, long>> ReadAsync(string[] organizations) => database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Batch(connection, Statement.Of(Sql, Statement.Value(organizations)));
            await using var reader = await batch.ExecuteReaderAsync();
            var revisions = new Dictionary<string, long>(StringComparer.Ordinal);
            while (await reader.ReadAsync())
            {
                revisions[reader.GetString(0)] = reader.GetInt64(1);
            }

            return revisions;
        },
        CancellationToken.None);

    private sealed class Batch
    {
        public HashSet<string> Organizations { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource<Dictionary<string, long>> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
