using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Books;

internal sealed class BookConfiguration : IEntityTypeConfiguration<Book>
{
    public void Configure(EntityTypeBuilder<Book> builder)
    {
        builder.ToTable("book");
        builder.HasKey(book => new { book.BookId, book.Organization }).HasName("book_key");
        builder.UseSnakeCaseColumns();
    }
}

internal sealed class TombstoneConfiguration : IEntityTypeConfiguration<Tombstone>
{
    public void Configure(EntityTypeBuilder<Tombstone> builder)
    {
        builder.ToTable("tombstone");
        builder
            .HasKey(tombstone => new { tombstone.BookId, tombstone.Version, tombstone.Kind, tombstone.Id, tombstone.Organization })
            .HasName("tombstone_key");
        builder.HasIndex(tombstone => tombstone.Deleted).HasDatabaseName("tombstone_deleted");
        builder.UseSnakeCaseColumns();
    }
}
