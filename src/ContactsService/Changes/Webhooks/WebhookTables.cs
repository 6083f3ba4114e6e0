using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Changes.Webhooks;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhook");
        builder.HasKey(webhook => new { webhook.WebhookId, webhook.Organization }).HasName("webhook_key");
        builder.HasIndex(webhook => new { webhook.UserId, webhook.Organization }).HasDatabaseName("webhook_user");
        builder.UseSnakeCaseColumns();
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_delivery");
        builder.HasKey(delivery => new { delivery.WebhookId, delivery.DeliveryId, delivery.Organization })
            .HasName("webhook_delivery_key");
        builder.HasIndex(delivery => delivery.Time).HasDatabaseName("webhook_delivery_time");
        builder.UseSnakeCaseColumns();
    }
}

internal sealed class WebhookLeaseConfiguration : IEntityTypeConfiguration<WebhookLease>
{
    public void Configure(EntityTypeBuilder<WebhookLease> builder)
    {
        builder.ToTable("webhook_lease");
        builder.HasKey(lease => lease.Organization).HasName("webhook_lease_key");
        builder.UseSnakeCaseColumns();
    }
}
