using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

/// <summary>Reads where the books of a webhook are, and whether something that it tells of has changed.</summary>
internal static class WebhookPosition
{
    /// <summary>The present position of its creator. Books that do not exist are at revision 0.</summary>
    public static async Task<ChangePosition> ReadAsync(ContactsDb db, Webhook webhook, CancellationToken cancellationToken)
    {
        var creator = CreatorOf(webhook);
        Guid[] ids = [creator.Own.Id, creator.Shared.Id];
        var revisions = await db.Set<Book>().AsNoTracking()
            .Where(book => ids.Contains(book.BookId) && book.Organization == webhook.Organization)
            .ToDictionaryAsync(book => book.BookId, book => book.Revision, cancellationToken);
        return new()
        {
            Own = new(revisions.GetValueOrDefault(creator.Own.Id)),
            Shared = new(revisions.GetValueOrDefault(creator.Shared.Id)),
        };
    }

    /// <summary>The revision of the book that the webhook watches.</summary>
    public static long Watched(this ChangePosition position, Webhook webhook) =>
        webhook.OwnerId == webhook.Organization ? position.Shared.Version : position.Own.Version;

    /// <summary>The change token of its creator.</summary>
    public static string Token(this ChangePosition position, Webhook webhook, KeyRing keys) =>
        ChangeToken.Write(keys, CreatorOf(webhook), position);

    /// <summary>True when something of the webhook's kinds has changed since its position. Other changes are not told.</summary>
    public static async Task<bool> HasNewsAsync(ContactsDb db, Webhook webhook, CancellationToken cancellationToken)
    {
        var (book, organization, position) = (webhook.BookId, webhook.Organization, webhook.Position);
        var tombstoneKinds = webhook.Kinds;
        return (webhook.Kinds.Contains(ChangeKind.Contact, StringComparer.Ordinal) && await db.Set<ContactRow>().AnyAsync(
                row => row.BookId == book && row.Organization == organization && row.Version > position, cancellationToken))
            || (webhook.Kinds.Contains(ChangeKind.Group, StringComparer.Ordinal) && await db.Set<Group>().AnyAsync(
                row => row.BookId == book && row.Organization == organization && row.Version > position, cancellationToken))
            || await db.Set<Tombstone>().AnyAsync(
                row => row.BookId == book && row.Organization == organization && row.Version > position
                    && tombstoneKinds.Contains(row.Kind),
                cancellationToken)
            // Deletions that are no longer remembered may have been of any kind.
            || await db.Set<Book>().AnyAsync(
                row => row.BookId == book && row.Organization == organization && row.PurgedVersion > position, cancellationToken);
    }

    // A token is bound to the books, not to the role.
    private static Caller CreatorOf(Webhook webhook) => new(webhook.Organization, webhook.UserId, Role.Agent);
}
