using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Groups;

/// <summary>Columns, keys and their names.</summary>
internal static class GroupTable
{
    /// <summary>A book's names are unique; the constraint tells.</summary>
    public const string NameUnique = "group_name_unique";

    /// <summary>Adds the table to the model.</summary>
    public static void Describe(ModelBuilder model) => model.Entity<Group>(group =>
    {
        group.ToTable("contact_group");
        group.HasKey(one => new { one.BookId, one.GroupId }).HasName("group_key");
        group.HasIndex(one => new { one.BookId, one.NameHash }).IsUnique().HasDatabaseName(NameUnique);
        group.UseSnakeCaseColumns();
    });
}
