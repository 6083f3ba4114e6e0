using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Groups;

internal sealed class GroupConfiguration : IEntityTypeConfiguration<Group>
{
    /// <summary>The constraint that keeps the group names of a book unique.</summary>
    public const string NameUnique = "group_name_unique";

    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.ToTable("contact_group");
        builder.HasKey(group => new { group.BookId, group.GroupId, group.Organization }).HasName("group_key");
        builder.HasIndex(group => new { group.BookId, group.NameHash, group.Organization }).IsUnique().HasDatabaseName(NameUnique);
        builder.UseSnakeCaseColumns();
    }
}
