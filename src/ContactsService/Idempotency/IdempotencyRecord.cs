using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Idempotency;

/// <summary>The first answer to a request that carried an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotencyRecord
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

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_record");
        builder.HasKey(record => new { record.BookId, record.KeyHash, record.Organization }).HasName("idempotency_record_key");
        builder.HasIndex(record => record.Expires).HasDatabaseName("idempotency_record_expires");
        builder.UseSnakeCaseColumns();
    }
}
