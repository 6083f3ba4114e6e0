using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Access;

/// <summary>Columns, keys and their names.</summary>
internal static class AccessTable
{
    /// <summary>Adds the table to the model.</summary>
    public static void Describe(ModelBuilder model) => model.Entity<ApiToken>(token =>
    {
        token.ToTable("api_token");
        token.HasKey(one => one.TokenHash).HasName("api_token_key");
        token.HasIndex(one => new { one.Organization, one.TokenId }).IsUnique().HasDatabaseName("api_token_id_unique");
        token.UseSnakeCaseColumns();
    });
}
