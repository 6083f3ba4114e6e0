using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>The first answer to a request that carried an <c>Idempotency-Key</c>.</summary>
internal sealed class AnsweredRetry
{
    /// <summary>The caller's own book: keys are per caller.</summary>
    public Guid BookId { get; init; }

    /// <summary>The caller's organization.</summary>
    public required string Organization { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of method, address and body: what counts as the same request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The answer, encrypted with the key itself: a new token's secret is kept nowhere in the clear.</summary>
    public required byte[] Answer { get; init; }

    /// <summary>When it is forgotten, UTC.</summary>
    public DateTime Expires { get; init; }
}

internal static class RetryTable
{
    public static void Describe(ModelBuilder model) => model.Entity<AnsweredRetry>(retry =>
    {
        retry.ToTable("answered_retry");
        retry.HasKey(one => new { one.BookId, one.KeyHash }).HasName("answered_retry_key");
        retry.HasIndex(one => one.Expires).HasDatabaseName("answered_retry_expires");
        retry.UseSnakeCaseColumns();
    });
}
