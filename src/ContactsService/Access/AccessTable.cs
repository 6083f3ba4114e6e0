using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Access;

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_token");
        // By the hash alone: whoever presents a token has not said yet which organization it is for.
        builder.HasKey(token => token.TokenHash).HasName("api_token_key");
        builder.HasIndex(token => new { token.TokenId, token.Organization }).IsUnique().HasDatabaseName("api_token_id_unique");
        builder.UseSnakeCaseColumns();
    }
}
