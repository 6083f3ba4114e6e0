using ContactsService.Books;
using ContactsService.Contacts;
using Npgsql;

namespace ContactsService.Directory;

/// <summary>
/// The statements that provisioning uses to write contacts of the organization. Modules run them together with their own statements, under
/// the lock of the book. Each returns a row with the new version.
/// </summary>
internal static class DirectoryEntry
{
    /// <summary>Adds an entry to the directory.</summary>
    public static NpgsqlBatchCommand Add(BookKey book, string id, ContactDraft draft) =>
        ContactStatements.Add(book, id, [], draft, ContactJson.Write(id, book.OwnerId, draft));

    /// <summary>Replaces the directory's attributes of an entry.</summary>
    public static NpgsqlBatchCommand Replace(BookKey book, string id, ContactDraft draft) =>
        ContactStatements.ReplaceWithExtra(book, id, draft, ContactJson.Write(id, book.OwnerId, draft));

    /// <summary>Returns what remains of a departed entry for the users who have it in their books: the name.</summary>
    public static ContactDraft Departed(ContactDraft draft) => new()
    {
        ContactType = draft.ContactType,
        Type = draft.Type,
        DisplayName = draft.DisplayName,
        IsDeparted = true,
    };
}
