using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Directory;

/// <summary>What provisioning says of a user.</summary>
/// <param name="UserId">Also the id of the contact.</param>
/// <param name="Resource">The resource without <c>meta</c>, as JSON.</param>
/// <param name="UserName">Folded; unique in the organization.</param>
/// <param name="ExternalId">As the identity provider names the user; null for none.</param>
/// <param name="Active">False for a known user who has left.</param>
/// <param name="Contact">The contact that callers see.</param>
internal sealed record DirectoryUserDraft(
    string UserId, string Resource, string UserName, string? ExternalId, bool Active, ContactDraft Contact);

/// <summary>
/// Writes single users, as parts of an open operation on the organization's book: the user, and the contact that callers see, which has the
/// same version. <see cref="DirectoryUserBatch"/> writes many. <see cref="DatabaseFailure.ViolatedConstraint"/> tells
/// which constraint a write has violated.
/// </summary>
internal sealed class DirectoryUserWriter(BookTransaction transaction)
{
    /// <summary>Adds a user.</summary>
    public async Task AddAsync(BookKey book, DirectoryUserDraft draft, CancellationToken cancellationToken)
    {
        var entry = await WriteEntryAsync(DirectoryEntry.Add(book, draft.UserId, draft.Contact), cancellationToken);
        transaction.Db.Add(new DirectoryUser
        {
            BookId = book.Id,
            Organization = book.Organization,
            UserId = draft.UserId,
            Resource = draft.Resource,
            UserName = draft.UserName,
            ExternalId = draft.ExternalId,
            Active = draft.Active,
            Version = entry.Version,
            Created = entry.LastModified,
            LastModified = entry.LastModified,
        });
        await transaction.SaveRowsAsync(cancellationToken);
    }

    /// <summary>Replaces a user.</summary>
    public async Task ReplaceAsync(BookKey book, DirectoryUserDraft draft, CancellationToken cancellationToken)
    {
        var entry = await WriteEntryAsync(DirectoryEntry.Replace(book, draft.UserId, draft.Contact), cancellationToken);
        await Users(book, draft.UserId).ExecuteUpdateAsync(
            update => update
                .SetProperty(user => user.Resource, draft.Resource)
                .SetProperty(user => user.UserName, draft.UserName)
                .SetProperty(user => user.ExternalId, draft.ExternalId)
                .SetProperty(user => user.Active, draft.Active)
                .SetProperty(user => user.Version, entry.Version)
                .SetProperty(user => user.LastModified, entry.LastModified),
            CancellationToken.None);
    }

    /// <summary>Removes a user; the contact stays, with the name, for those who have it.</summary>
    public async Task RemoveAsync(BookKey book, string userId, ContactDraft contact, CancellationToken cancellationToken)
    {
        await WriteEntryAsync(DirectoryEntry.Replace(book, userId, DirectoryEntry.Departed(contact)), cancellationToken);
        await Users(book, userId).ExecuteDeleteAsync(CancellationToken.None);
    }

    private IQueryable<DirectoryUser> Users(BookKey book, string userId) =>
        transaction.Db.Set<DirectoryUser>().Where(
            user => user.BookId == book.Id && user.Organization == book.Organization && user.UserId == userId);

    private async Task<Entry> WriteEntryAsync(NpgsqlBatchCommand statement, CancellationToken cancellationToken) =>
        (await transaction.FindAsync(statement, row => new Entry(row.GetInt64(1), row.GetDateTime(3)), cancellationToken))!;

    private sealed record Entry(long Version, DateTime LastModified);
}
