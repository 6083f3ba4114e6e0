using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Contacts;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<ContactRow>
{
    /// <summary>The constraint that keeps the ids of a book's contacts unique.</summary>
    public const string Key = "contact_key";

    public void Configure(EntityTypeBuilder<ContactRow> builder)
    {
        builder.ToTable("contact");
        builder.HasKey(contact => new { contact.BookId, contact.ContactId, contact.Organization }).HasName(Key);
        builder.HasIndex(contact => new { contact.BookId, contact.SortName, contact.ContactId }).HasDatabaseName("contact_name");
        builder.HasIndex(contact => contact.Lookup).HasMethod("gin").HasDatabaseName("contact_lookup");
        builder.HasIndex(contact => contact.Search).HasMethod("gin").HasDatabaseName("contact_search");
        builder.UseSnakeCaseColumns();
        foreach (var column in ContactField.All.SelectMany(field => field.Columns))
        {
            builder.Property(column.ModelType, column.Name).HasColumnName(column.Name);
        }
    }
}
