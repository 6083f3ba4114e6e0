using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>The EF Core model of the database. Each module maps its tables by an <see cref="IEntityTypeConfiguration{TEntity}"/>.</summary>
internal sealed class ContactsDb : DbContext
{
    public ContactsDb(DbContextOptions<ContactsDb> options)
        : base(options)
    {
        // Every failure ends its transaction. A savepoint would cost each write two round trips, and EF Core ignores that it cannot be
        // released: a lost connection would show only at the next use, as an InvalidOperationException.
        Database.AutoSavepointsEnabled = false;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ContactsDb).Assembly);
}
