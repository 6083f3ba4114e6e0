using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Idempotency;

/// <summary>
/// Implements <c>Idempotency-Key</c>. The first answer is stored in the transaction of the write, so a retry gets it also at the same
/// moment and after a crash. A refused request stores nothing, so its key stays usable. For requests that wait for somebody else, the
/// answer is stored behind them.
/// </summary>
internal sealed class IdempotencyFilter(BookTransaction transaction, Clock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // Waits while another request holds the key, and replaces an expired record. (EF Core has no ON CONFLICT.)
    private const string ClaimSql = """
        INSERT INTO idempotency_record AS kept (book_id, organization, key_hash, request_hash, answer, expires)
        VALUES ($1, $2, $3, $4, '', $5)
        ON CONFLICT ON CONSTRAINT idempotency_record_key DO UPDATE
            SET request_hash = excluded.request_hash, answer = excluded.answer, expires = excluded.expires
            WHERE kept.expires < $6
        RETURNING 1
        """;

    /// <summary>Executes the request, or returns its first answer.</summary>
    /// <exception cref="ProblemException">
    /// <c>idempotency-key-reused</c>: the key belongs to another request; <c>forbidden</c>: the caller may no longer do what it did.
    /// </exception>
    public Task<Answer> RunAsync(HttpContext http, IdempotentRequest request, Func<Task<Answer>> write) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<IdempotentRoute>().InTransaction
            ? WithinAsync(http, request, write)
            : BehindAsync(http, request, write);

    private async Task<Answer> WithinAsync(HttpContext http, IdempotentRequest request, Func<Task<Answer>> write)
    {
        var cancellationToken = http.RequestAborted;
        var writesOrganizationBook = http.GetEndpoint()?.Metadata.GetMetadata<WritesOrganizationBook>() is not null;
        await transaction.EnterAsync(writesOrganizationBook ? http.Features.Get<Caller>()!.Shared : request.Book, cancellationToken);
        await transaction.BeginAsync(cancellationToken);
        if (!await ClaimAsync(request, cancellationToken))
        {
            return Repeat(http, request, await FirstAsync(request, cancellationToken));
        }

        var answer = await write();
        await StoreAsync(http, request, answer, cancellationToken);
        return answer;
    }

    private async Task<Answer> BehindAsync(HttpContext http, IdempotentRequest request, Func<Task<Answer>> write)
    {
        var cancellationToken = http.RequestAborted;
        var now = clock.Now;
        var known = await Records(request).AsNoTracking()
            .SingleOrDefaultAsync(record => record.Expires >= now, cancellationToken);
        if (known is not null)
        {
            return Repeat(http, request, known);
        }

        await transaction.DisposeAsync(); // holds no connection meanwhile
        var answer = await write();
        await transaction.BeginAsync(cancellationToken);
        if (!await ClaimAsync(request, cancellationToken))
        {
            return Repeat(http, request, await FirstAsync(request, cancellationToken));
        }

        await StoreAsync(http, request, answer, cancellationToken);
        return answer;
    }

    private Task<bool> ClaimAsync(IdempotentRequest request, CancellationToken cancellationToken) =>
        transaction.RunAsync(reader => reader.ReadAsync(CancellationToken.None), cancellationToken, Claim(request));

    private async Task<IdempotencyRecord> FirstAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var first = await Records(request).AsNoTracking().SingleAsync(cancellationToken);
        await transaction.DisposeAsync();
        return first;
    }

    private async Task StoreAsync(HttpContext http, IdempotentRequest request, Answer answer, CancellationToken cancellationToken)
    {
        var encrypted = request.Encrypt(answer);
        string[] needs = [.. http.Features.Get<Caller>()!.Needs];
        await Records(request)
            .ExecuteUpdateAsync(
                update => update.SetProperty(record => record.Answer, encrypted).SetProperty(record => record.Needs, needs),
                CancellationToken.None);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Answer Repeat(HttpContext http, IdempotentRequest request, IdempotencyRecord first)
    {
        if (!first.RequestHash.AsSpan().SequenceEqual(request.RequestHash))
        {
            throw new ProblemException(
                Problems.KeyReused,
                $"Send a new {IdempotentRoutes.Header} with a new request, or send the first request again unchanged.");
        }

        // The route has checked the scope of the route, and nothing else.
        if (!http.Features.Get<Caller>()!.Has(first.Needs))
        {
            throw new ProblemException(
                Problems.Forbidden,
                "The first request needed a role or scopes that you no longer have. Ask an admin of your organization.");
        }

        IdempotencyMetrics.Replays.Add(1);
        return request.Decrypt(first.Answer);
    }

    private NpgsqlBatchCommand Claim(IdempotentRequest request)
    {
        var now = clock.Now;
        return Statement.Of(
            ClaimSql,
            Statement.Value(request.Book.Id),
            Statement.Value(request.Book.Organization),
            Statement.Value(request.KeyHash),
            Statement.Value(request.RequestHash),
            Statement.Value(now + Lifetime),
            Statement.Value(now));
    }

    private IQueryable<IdempotencyRecord> Records(IdempotentRequest request) => transaction.Db.Set<IdempotencyRecord>().Where(record =>
        record.BookId == request.Book.Id && record.Organization == request.Book.Organization && record.KeyHash == request.KeyHash);
}
