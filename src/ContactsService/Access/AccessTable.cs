using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Access;

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_token");
        // The key is the hash alone: the organization of a token is not known before it is found.
        builder.HasKey(token => token.TokenHash).HasName("api_token_key");
        builder.HasIndex(token => new { token.TokenId, token.Organization }).IsUnique().HasDatabaseName("api_token_id_unique");
        builder.HasIndex(token => token.Expires).HasDatabaseName("api_token_expires");
        builder.HasIndex(token => new { token.UserName, token.Organization }).HasDatabaseName("api_token_user");
        builder.Property(token => token.UserName).HasComputedColumnSql("lower(user_id)", stored: true);
        builder.UseSnakeCaseColumns();
    }
}

internal sealed class ServiceKeyConfiguration : IEntityTypeConfiguration<ServiceKey>
{
    public void Configure(EntityTypeBuilder<ServiceKey> builder)
    {
        builder.ToTable("service_key");
        // The key is the id alone: it belongs to no organization.
        builder.HasKey(key => key.KeyId).HasName("service_key_key");
        builder.Property(key => key.KeyId).ValueGeneratedNever();
        builder.UseSnakeCaseColumns();
    }
}
