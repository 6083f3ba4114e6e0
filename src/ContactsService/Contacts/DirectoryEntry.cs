using ContactsService.Books;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>
/// How provisioning writes contacts of the organization: as statements that its rooms run together with their own, behind the lock of the book.
/// Each returns a row with the new version.
/// </summary>
internal static class DirectoryEntry
{
    /// <summary>Adds somebody to the directory.</summary>
    public static NpgsqlBatchCommand Add(BookKey book, string id, ContactDraft draft, DateTime now) =>
        ContactStatements.Add(book, id, [], now, draft, ContactJson.Write(id, book.OwnerId, draft));

    /// <summary>Replaces what the directory says of somebody.</summary>
    public static NpgsqlBatchCommand Replace(BookKey book, string id, ContactDraft draft, DateTime now) =>
        ContactStatements.ReplaceWithExtra(book, id, now, draft, ContactJson.Write(id, book.OwnerId, draft));

    /// <summary>What stays of somebody who has left, for those who have them: the name.</summary>
    public static ContactDraft Gone(ContactDraft draft) => new()
    {
        ContactType = draft.ContactType,
        Type = draft.Type,
        DisplayName = draft.DisplayName,
        IsGone = true,
    };
}
