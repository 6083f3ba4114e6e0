using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Contacts;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    /// <summary>The constraint that keeps the ids of a book's contacts unique.</summary>
    public const string Key = "contact_key";

    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contact");
        builder.HasKey(contact => new { contact.BookId, contact.ContactId, contact.Organization }).HasName(Key);
        builder.HasIndex(contact => new { contact.BookId, contact.SortName, contact.ContactId }).HasDatabaseName("contact_name");
        builder.HasIndex(contact => contact.Lookup).HasMethod("gin").HasDatabaseName("contact_lookup");
        builder.UseSnakeCaseColumns();
        foreach (var text in ContactField.All.Concat(ContactField.Address))
        {
            builder.Property<string?>(text.Column).HasColumnName(text.Column);
        }
    }
}
