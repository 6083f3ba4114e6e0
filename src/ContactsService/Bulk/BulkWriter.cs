using System.Buffers;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Bulk;

/// <summary>
/// Executes bulk requests: one transaction behind the lock of the caller's book, in which all that the operations name is read, the
/// operations are executed in memory, and the outcome is stored. The number of statements does not depend on the number of operations.
/// </summary>
internal sealed class BulkWriter(BookTransaction transaction, Database database, RequestLimits limits)
{
    /// <summary>Waits for slots of the books that a request may write to, before it takes a connection.</summary>
    public async Task EnterAsync(Caller caller, BulkPlan plan, CancellationToken cancellationToken)
    {
        if (plan.AddsToOrganization || await NamesOrganizationAsync(caller, plan, cancellationToken))
        {
            await transaction.EnterAsync(caller.Own, caller.Shared, cancellationToken);
        }
        else
        {
            await transaction.EnterAsync(caller.Own, cancellationToken);
        }
    }

    /// <summary>Executes a request.</summary>
    /// <exception cref="ProblemException"><c>bulk-failed</c>: an operation of an atomic request failed, and nothing was stored.</exception>
    public async Task<Answer> RunAsync(Caller caller, BulkPlan plan, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        var own = await transaction.LockBatchAsync(caller.Own, cancellationToken);
        var groups = new GroupBatch(caller, own);
        var contacts = new ContactBatch(caller, limits, own, groups);
        await ReadAsync(caller, plan, contacts, groups, cancellationToken);

        var results = new BulkRun(caller, limits, plan, contacts, groups).Execute(() => transaction.ThrowIfStopped(cancellationToken));
        if (plan.Request.IsAtomic && results.Exists(result => result.Problem is not null))
        {
            throw Failed(results);
        }

        await WriteAsync(caller, own, contacts, groups, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Render(results);
    }

    // Which contacts are the organization's may change until the books are locked. This only decides whether to queue for its book.
    private Task<bool> NamesOrganizationAsync(Caller caller, BulkPlan plan, CancellationToken cancellationToken) =>
        caller.MayWriteOrganization && plan.Contacts.Length > 0
            ? database.ReadAsync(
                async connection =>
                {
                    await using var batch = Statement.Batch(connection, ContactBatchStatements.AnyCustom(caller.Shared, plan.Contacts));
                    await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                    return await reader.ReadAsync(cancellationToken);
                },
                cancellationToken)
            : Task.FromResult(false);

    private async Task ReadAsync(
        Caller caller, BulkPlan plan, ContactBatch contacts, GroupBatch groups, CancellationToken cancellationToken)
    {
        await transaction.RunAsync(
            async reader =>
            {
                await groups.ReadAsync(reader);
                await reader.NextResultAsync(CancellationToken.None);
                await contacts.ReadOwnAsync(reader);
                await reader.NextResultAsync(CancellationToken.None);
                await contacts.ReadMembersAsync(reader);
                await reader.NextResultAsync(CancellationToken.None);
                await contacts.ReadOrganizationAsync(reader);
                return true;
            },
            cancellationToken,
            GroupBatchStatements.Read(caller.Own, plan.Groups),
            ContactBatchStatements.Read(caller.Own, plan.Contacts),
            ContactBatchStatements.ReadMembers(caller.Own, plan.Members),
            ContactBatchStatements.Read(caller.Shared, plan.Contacts));

        if (plan.AddsToOrganization || contacts.MayWriteOrganization(plan.Contacts))
        {
            caller.RequireAdmin("write organization contacts");
            contacts.Shared = await transaction.LockBatchAsync(caller.Shared, cancellationToken);
            await transaction.RunAsync(
                async reader =>
                {
                    await contacts.ReadOrganizationAsync(reader);
                    return true;
                },
                cancellationToken,
                ContactBatchStatements.Read(caller.Shared, plan.Contacts));
        }

        Guid[] tracked =
        [
            .. groups.Known(plan.EmptiedGroups, int.MaxValue),
            .. groups.Known(plan.ShownGroups.Except(plan.EmptiedGroups), GroupBatch.MaxShownMembers),
        ];
        if (tracked.Length > 0)
        {
            await transaction.RunAsync(
                async reader =>
                {
                    await contacts.ReadMembersAsync(reader);
                    return true;
                },
                cancellationToken,
                ContactBatchStatements.ReadMembersOf(caller.Own, tracked));
            groups.Track(tracked);
        }
    }

    private async Task WriteAsync(
        Caller caller, BookBatch own, ContactBatch contacts, GroupBatch groups, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand[] statements =
        [
            .. own.First(),
            .. GroupBatchStatements.Write(caller.Own, groups),
            .. ContactBatchStatements.Write(caller.Own, groups.RemovedMembers, groups.Members),
            .. own.Last(),
            .. ContactBatchStatements.Write(caller.Shared, contacts.RemovedOrganization, contacts.Organization),
            .. contacts.Shared?.Last() ?? [],
        ];
        if (statements.Length > 0)
        {
            await transaction.RunAsync(cancellationToken, statements);
        }
    }

    private static ProblemException Failed(List<BulkResult> results)
    {
        var output = new ArrayBufferWriter<byte>();
        BulkResult.WriteAll(output, results.ConvertAll(result => result.Problem is null ? BulkResult.Of(Undone()) : result));
        return new(Problems.BulkFailed, "Nothing was stored. Correct the operations whose results have another status than 424.")
        {
            Extensions = { ["results"] = JsonElement.Parse(output.WrittenSpan) },
        };
    }

    private static ProblemException Undone() =>
        new(Problems.FailedDependency, "Another operation of the request failed, and the request is atomic.");

    private static Answer Render(List<BulkResult> results)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"results\":"u8);
        BulkResult.WriteAll(output, results);
        output.Write("}"u8);
        return new(StatusCodes.Status200OK, output.WrittenMemory);
    }
}
