using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Idempotency;

/// <summary>The first answer to a request that carried an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>The caller's own book: keys are per caller.</summary>
    public Guid BookId { get; init; }

    public required string Organization { get; init; }

    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of method, address and body, which identify the request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The answer, encrypted with the key itself, because it may contain the secret of a new token.</summary>
    public required byte[] Answer { get; init; }

    /// <summary>What the request needed of its caller: a retry needs it as well.</summary>
    public string[] Needs { get; init; } = [];

    /// <summary>When the record expires, UTC.</summary>
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
