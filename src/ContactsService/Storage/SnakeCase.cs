using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Storage;

/// <summary>Column names in snake case.</summary>
internal static class SnakeCase
{
    /// <summary>Names the column of every property in snake case.</summary>
    public static void UseSnakeCaseColumns<T>(this EntityTypeBuilder<T> entity)
        where T : class
    {
        foreach (var property in entity.Metadata.GetProperties())
        {
            entity.Property(property.Name).HasColumnName(Of(property.Name));
        }
    }

    /// <summary>Converts <c>LastUsed</c> to <c>last_used</c>.</summary>
    public static string Of(string name)
    {
        var column = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                column.Append('_');
            }

            column.Append(char.ToLowerInvariant(name[i]));
        }

        return column.ToString();
    }
}
