using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>What a write of a contact requires beside <see cref="ContactRules"/>: of its id, of what is there, and of the caller.</summary>
internal static class ContactChecks
{
    /// <summary>Checks a draft for this id.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft Require(string id, ContactDraft draft)
    {
        if ((draft.ContactId ??= id) != id)
        {
            throw MemberErrors.Of("contactId", "It differs from the id in the address, and cannot be changed.");
        }

        DraftValidation.Require(ContactRules.Default, draft);
        return draft;
    }

    /// <summary>Reads what a contact is when a merge patch has been applied (RFC 7396).</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft ReadPatched(ContactView current, JsonElement patch) => ContactJson.ReadPatched(Document(current), patch);

    /// <summary>What of a draft is the owner's, when the directory knows the contact; else the draft.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>: it says something else than the directory.</exception>
    public static ContactDraft OwnerFields(ContactView current, ContactDraft draft) =>
        current.DirectoryVersion is null && current is not { IsOwn: false, IsCloud: true }
        ? draft
        : DirectoryOverlay.OwnerFields(draft, ContactJson.Read(JsonElement.Parse(Document(current))));

    /// <summary>
    /// The text to store: as it is answered, so that it can be sent back. Escapes and a patch may make it longer than it came.
    /// </summary>
    /// <exception cref="BadHttpRequestException">413.</exception>
    public static byte[] Body(RequestLimits limits, BookKey book, string id, ContactDraft draft)
    {
        var body = ContactJson.Write(id, book.OwnerId, draft);
        return body.Length <= limits.BodyBytes ? body : throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge);
    }

    /// <summary>Requires that the caller may write a contact that the caller sees.</summary>
    /// <exception cref="ProblemException"><c>directory-read-only</c>, <c>forbidden</c>.</exception>
    public static void RequireWritable(Caller caller, ContactView found)
    {
        if (!found.IsOwn && found.IsCloud)
        {
            throw new ProblemException(
                Problems.DirectoryReadOnly,
                "An admin writes users at /scim/v2/Users and queues at /queues. "
                + "To put this entry into groups of yours, add it to your own book: "
                + "POST /contacts with contactType CLOUD and its contactId.");
        }

        if (!found.IsOwn && !caller.IsAdminAsNeeded())
        {
            throw new ProblemException(
                Problems.Forbidden, "Only an admin may write organization contacts. Ask an admin, or add a contact of your own.");
        }
    }

    /// <summary>Requires that the version is one that the precondition names.</summary>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public static void RequireCurrent(Caller caller, ContactView contact, Precondition precondition)
    {
        if (precondition.Versions(contact.Book(caller).Tag)?.Contains(contact.Version) == false)
        {
            throw new ProblemException(Problems.Stale, "The contact is not the one that your If-Match names. Read it again.")
            {
                ETag = contact.ETag(caller),
            };
        }
    }

    /// <summary>The problem of an id that the book has already.</summary>
    public static ProblemException Exists(string id) =>
        new(Problems.ContactExists, "Read, change or delete that contact, or add one with another id.")
        {
            Errors = { ["contactId"] = ["The book already has a contact with this id."] },
            Extensions = { ["contactId"] = id },
        };

    /// <summary>The problem of a write that may only create.</summary>
    public static ProblemException AlreadyThere(Caller caller, ContactView found) =>
        new(Problems.Stale, "A contact with this id exists. Send If-Match with its ETag to replace it.") { ETag = found.ETag(caller) };

    /// <summary>The problem of a draft that cannot replace a contact.</summary>
    public static ProblemException Contradiction(Caller caller, ContactView found, ContactDraft draft)
    {
        if (found.IsCloud == draft.IsCustom)
        {
            return MemberErrors.Of("contactType", "It cannot be changed. Delete the contact and add another one.");
        }

        return ContactTarget.IsFor(draft, caller, found.Book(caller))
            ? ContactTarget.UnknownGroups()
            : MemberErrors.Of("ownerId", "A contact cannot be moved to another owner.");
    }

    private static byte[] Document(ContactView contact) => Encoding.UTF8.GetBytes(
        $"{{{Encoding.UTF8.GetString(contact.Body)},\"groups\":[{string.Join(',', contact.Groups.Select(group => $"\"{group}\""))}]}}");
}
