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

    /// <summary>Replaces what the directory says of somebody.</summary>
    public static NpgsqlBatchCommand Replace(BookKey book, string id, ContactDraft draft)
    {
        var body = ContactJson.Write(id, book.OwnerId, draft);
        return draft.Extension is { } extension
            ? ContactStatements.ReplaceWithExtension(book, id, draft, extension, body)
            : ContactStatements.Replace(book, id, [], versions: null, draft, body);
    }

    /// <summary>Returns what remains of a departed entry for the users who have it in their books: the name.</summary>
    public static ContactDraft Departed(ContactDraft draft) => new()
    {
        ContactType = draft.ContactType,
        Type = draft.Type,
        DisplayName = draft.DisplayName,
        Extension = draft.Extension is null ? null : draft.Extension with { Json = null },
        IsDeparted = true,
    };
}
