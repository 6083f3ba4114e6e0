using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>The EF Core model of the database. Each module maps its tables by an <see cref="IEntityTypeConfiguration{TEntity}"/>.</summary>
internal sealed class ContactsDb(DbContextOptions<ContactsDb> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ContactsDb).Assembly);
}
