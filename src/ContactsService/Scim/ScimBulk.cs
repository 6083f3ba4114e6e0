using System.Globalization;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Directory;

namespace ContactsService.Scim;

/// <summary>
/// Executes bulk requests (RFC 7644, 3.7) in one transaction, and in a number of statements that does not depend on the number of
/// operations: the operations run in memory, in their order, on the users that they name. An operation that fails changes nothing. They run
/// without the lock of the book first, so that other writers do not wait while data is read and rendered; under the lock they begin again
/// with the users as they are then.
/// </summary>
internal sealed class ScimBulk(BookTransaction transaction, DirectoryUserBatch users, ScimUserDrafts drafts)
{
    private const string ResponseUrn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    /// <summary>Executes the operations in order.</summary>
    /// <param name="caller">The caller, whose organization is written to.</param>
    /// <param name="request">The operations.</param>
    /// <param name="baseUrl">The base address of the API.</param>
    /// <param name="step">Called after each operation.</param>
    /// <param name="cancellationToken">Cancels the wait for the lock, not a write that has begun.</param>
    public async Task<JsonObject> RunAsync(
        Caller caller, ScimBulkRequest request, string baseUrl, Action step, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("provision users");
        var ids = new ScimBulkIds(request);
        var steps = request.Operations.Select(operation => new ScimBulkStep(operation, ids, drafts, caller.Shared)).ToList();
        var directory = new ScimBulkDirectory(users, transaction, caller.Shared);
        foreach (var operation in steps)
        {
            operation.Prepare(directory);
            step();
        }

        await transaction.EnterAsync(caller.Shared, cancellationToken);
        if (steps.Exists(operation => operation.NeedsUser))
        {
            await directory.LoadAsync(cancellationToken);
            Run(steps, request.FailOnErrors, directory, step);
        }

        var outcomes = await transaction.InTransactionAsync(
            caller.Shared,
            async () =>
            {
                var outcomes = await RunAsync(steps, request.FailOnErrors, directory, step, cancellationToken);
                await directory.WriteAsync(cancellationToken);
                return outcomes;
            },
            cancellationToken);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(ResponseUrn),
            ["Operations"] = new JsonArray([.. outcomes.Select(outcome => outcome.ToJson(baseUrl))]),
        };
    }

    private static async Task<List<ScimBulkOutcome>> RunAsync(
        List<ScimBulkStep> steps, int failOnErrors, ScimBulkDirectory directory, Action step, CancellationToken cancellationToken)
    {
        while (true)
        {
            await directory.LoadAsync(cancellationToken);
            var outcomes = Run(steps, failOnErrors, directory, step);
            if (directory.IsComplete)
            {
                return outcomes;
            }
        }
    }

    private static List<ScimBulkOutcome> Run(List<ScimBulkStep> steps, int failOnErrors, ScimBulkDirectory directory, Action step)
    {
        var outcomes = new List<ScimBulkOutcome>(steps.Count);
        var errors = 0;
        foreach (var operation in steps)
        {
            var outcome = Run(operation, directory);
            outcomes.Add(outcome);
            step();
            if (outcome.Error is not null && ++errors >= failOnErrors)
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

    private sealed record ScimBulkOutcome(ScimBulkOperation Operation, int Status, string? Id, long? Version, ScimException? Error)
    {
        public JsonObject ToJson(string baseUrl)
        {
            var json = new JsonObject { ["method"] = Operation.Method };
            if (Operation.BulkId is not null)
            {
                json["bulkId"] = Operation.BulkId;
            }

            if (Id is not null)
            {
                json["location"] = ScimUser.LocationOf(Id, baseUrl);
            }
            else if (Operation.Method != "POST" && Operation.Path.Length > 0)
            {
                json["location"] = baseUrl + Operation.Path;
            }

            if (Version is { } version)
            {
                json["version"] = ScimUser.ETagOf(version);
            }

            json["status"] = Status.ToString(CultureInfo.InvariantCulture);
            if (Error is not null)
            {
                json["response"] = ScimErrors.Body(Error);
            }

            return json;
        }
    }
}
