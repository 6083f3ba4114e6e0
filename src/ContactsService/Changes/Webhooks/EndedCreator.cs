using ContactsService.Access;
using ContactsService.Storage;

namespace ContactsService.Changes.Webhooks;

/// <summary>Disables the webhooks of users who lose access, in the transaction that ends it.</summary>
internal static class EndedCreator
{
    // As Webhook.Disable and Webhook.Touch do.
    private const string Sql = """
        UPDATE webhook
        SET status = 'disabled', disabled_reason = $4, disabled_at = $3, attempts = 0, first_failure = NULL, message_id = NULL,
            message_created = NULL, message_position = NULL, message_token = NULL, version = version + 1,
            last_modified = greatest($3, last_modified + interval '1 microsecond')
        WHERE organization = $1 AND lower(user_id) = ANY($2) AND status = 'active'
        """;

    public static readonly EndedUserStatement Disable = new((organization, users, now) => Statement.Of(
        Sql,
        Statement.Value(organization),
        Statement.Value(users),
        Statement.Value(now),
        Statement.Value(Webhook.CreatorEnded)));
}
