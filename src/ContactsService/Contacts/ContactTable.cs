using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Contacts;

/// <summary>Columns, keys and their names.</summary>
internal static class ContactTable
{
    /// <summary>An id is there once in a book; the constraint tells.</summary>
    public const string Key = "contact_key";

    /// <summary>Adds the table to the model.</summary>
    public static void Describe(ModelBuilder model) => model.Entity<Contact>(contact =>
    {
        contact.ToTable("contact");
        contact.HasKey(one => new { one.BookId, one.ContactId }).HasName(Key);
        contact.HasIndex(one => new { one.BookId, one.SortName, one.ContactId }).HasDatabaseName("contact_name");
        contact.HasIndex(one => one.Lookup).HasMethod("gin").HasDatabaseName("contact_lookup");
        contact.UseSnakeCaseColumns();
        foreach (var text in ContactText.All.Concat(ContactText.Address))
        {
            contact.Property<string?>(text.Column).HasColumnName(text.Column);
        }
    });
}
