using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Directory;

namespace ContactsService.Scim;

/// <summary>
/// Executes bulk requests (RFC 7644, 3.7) in one transaction, and in a number of statements that does not depend on the number of
/// operations: the operations run in memory, in their order, on the users that they name. An operation that fails changes nothing. They run
/// without the lock of the book first, so that other writers do not wait while data is read and rendered; under the lock they run again
/// on the users as they are then.
/// </summary>
internal sealed class ScimBulk(
    BookTransaction transaction, DirectoryUserBatch users, DirectoryAccess access, ScimUserDrafts drafts)
{
    private const string ResponseUrn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    /// <summary>Executes the operations in order.</summary>
    /// <param name="caller">The caller, whose organization is written to.</param>
    /// <param name="request">The operations.</param>
    /// <param name="baseUrl">The base address of the API.</param>
    /// <param name="progress">Called after each operation.</param>
    /// <param name="cancellationToken">Cancels the wait for the lock, not a write that has begun.</param>
    public async Task<JsonObject> RunAsync(
        Caller caller, ScimBulkRequest request, string baseUrl, Action progress, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("provision users");
        var ids = new ScimBulkIds(request);
        var steps = request.Operations.Select(operation => new ScimBulkStep(operation, ids, drafts, caller.Shared)).ToList();
        foreach (var step in steps)
        {
            step.Prepare();
            progress();
        }

        await transaction.EnterAsync(caller.Shared, cancellationToken);
        await transaction.BeginAsync(cancellationToken);
        if (steps.Exists(step => step.NeedsUser))
        {
            await RehearseAsync(caller.Shared, steps, request.FailOnErrors, progress, cancellationToken);
        }

        var outcomes = await transaction.InTransactionAsync(
            caller.Shared,
            () => WriteAsync(caller.Shared, steps, request.FailOnErrors, progress, cancellationToken),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(ResponseUrn),
            ["Operations"] = new JsonArray([.. outcomes.Select(outcome => outcome.ToJson(baseUrl))]),
        };
    }

    // The steps keep what they compute.
    private async Task RehearseAsync(
        BookKey book, List<ScimBulkStep> steps, int failOnErrors, Action progress, CancellationToken cancellationToken)
    {
        var directory = Directory(book, steps, firstStep: 0);
        if (await directory.LoadAsync(cancellationToken))
        {
            Run(steps, failOnErrors, directory, progress);
        }
    }

    // All at once, unless that does not fit into memory: then part by part, all in the same transaction.
    private async Task<List<ScimBulkOutcome>> WriteAsync(
        BookKey book, List<ScimBulkStep> steps, int failOnErrors, Action progress, CancellationToken cancellationToken)
    {
        var outcomes = new List<ScimBulkOutcome>(steps.Count);
        var size = steps.Count;
        var written = 0;
        while (outcomes.Count < steps.Count && failOnErrors > 0)
        {
            var part = steps.GetRange(outcomes.Count, Math.Min(size, steps.Count - outcomes.Count));
            var directory = Directory(book, part, written);
            if (!await directory.LoadAsync(cancellationToken))
            {
                size = part.Count / 2;
                continue;
            }

            var done = Run(part, failOnErrors, directory, progress);
            while (!directory.IsComplete)
            {
                await directory.LoadAsync(cancellationToken);
                done = Run(part, failOnErrors, directory, progress);
            }

            written += await directory.WriteAsync(cancellationToken);
            part.GetRange(0, done.Count).ForEach(step => step.Clear());
            outcomes.AddRange(done);
            failOnErrors -= done.Count(outcome => outcome.Error is not null);
        }

        return outcomes;
    }

    private ScimBulkDirectory Directory(BookKey book, List<ScimBulkStep> steps, int firstStep)
    {
        var directory = new ScimBulkDirectory(users, access, transaction, book, firstStep);
        steps.ForEach(step => step.Ask(directory));
        return directory;
    }

    // Ends early after so many errors, or when the results do not fit into memory.
    private static List<ScimBulkOutcome> Run(List<ScimBulkStep> steps, int failOnErrors, ScimBulkDirectory directory, Action progress)
    {
        var outcomes = new List<ScimBulkOutcome>(steps.Count);
        foreach (var step in steps)
        {
            var outcome = Run(step, directory);
            outcomes.Add(outcome);
            progress();
            if ((outcome.Error is not null && --failOnErrors == 0) || directory.IsFull)
            {
                break;
            }
        }

        return outcomes;
    }

    private static ScimBulkOutcome Run(ScimBulkStep step, ScimBulkDirectory directory)
    {
        try
        {
            var (status, id, version) = step.Run(directory);
            return new(step.Operation, status, id, version, null);
        }
        catch (ScimException error)
        {
            return new(step.Operation, error.Status, null, null, error);
        }
    }
}
