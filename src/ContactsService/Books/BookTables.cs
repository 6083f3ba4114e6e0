using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Books;

/// <summary>Columns, keys and their names.</summary>
internal static class BookTables
{
    /// <summary>Adds the tables to the model.</summary>
    public static void Describe(ModelBuilder model)
    {
        model.Entity<Book>(book =>
        {
            book.ToTable("book");
            book.HasKey(one => one.BookId).HasName("book_key");
            book.UseSnakeCaseColumns();
        });
        model.Entity<Tombstone>(tombstone =>
        {
            tombstone.ToTable("tombstone");
            tombstone.HasKey(one => new { one.BookId, one.Version, one.Noun, one.Id }).HasName("tombstone_key");
            tombstone.HasIndex(one => one.Deleted).HasDatabaseName("tombstone_deleted");
            tombstone.UseSnakeCaseColumns();
        });
    }
}
