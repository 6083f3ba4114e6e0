using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Scim;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>
/// The model of the database: its migrations, and what EF Core writes: groups, tokens and housekeeping. Contacts are
/// written by the batches of their room, and all that is listed is streamed by reads (docs/decisions/0002).
/// </summary>
internal sealed class ContactsDb(DbContextOptions<ContactsDb> options) : DbContext(options)
{
    /// <summary>All tokens of all organizations.</summary>
    public DbSet<ApiToken> Tokens => Set<ApiToken>();

    /// <summary>Answers kept for retries.</summary>
    public DbSet<AnsweredRetry> AnsweredRetries => Set<AnsweredRetry>();

    /// <summary>What was deleted.</summary>
    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        BookTables.Describe(modelBuilder);
        GroupTable.Describe(modelBuilder);
        ContactTable.Describe(modelBuilder);
        DirectoryUserTable.Describe(modelBuilder);
        AccessTable.Describe(modelBuilder);
        RetryTable.Describe(modelBuilder);
    }
}
