using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Where a draft belongs: in which book, and in which groups of it.</summary>
internal static class ContactTarget
{
    /// <summary>The book that a new contact goes to.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>forbidden</c>.</exception>
    public static BookKey Book(Caller caller, ContactDraft draft)
    {
        if (IsFor(draft, caller, caller.Own))
        {
            return caller.Own;
        }

        if (draft.OwnerId != caller.Organization)
        {
            throw MemberErrors.Of("ownerId", "It is your own user id, or your organization's id for an organization contact.");
        }

        if (!caller.IsAdminAsNeeded())
        {
            throw new ProblemException(
                Problems.Forbidden, "Only an admin may write organization contacts. Leave ownerId out for your own book.");
        }

        return draft.IsCustom
            ? caller.Shared
            : throw MemberErrors.Of("contactType", "An organization contact is CUSTOM; CLOUD ones come from the directory.");
    }

    /// <summary>True when the draft may be written to this book; whoever names no owner means the book at hand.</summary>
    public static bool IsFor(ContactDraft draft, Caller caller, BookKey book) =>
        draft.OwnerId is null || draft.OwnerId == book.OwnerId || (draft.OwnerId == "me" && book == caller.Own);

    /// <summary>The groups it asks for; none for the default group, and none in the organization's book.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static Guid[] Groups(BookKey book, ContactDraft draft)
    {
        if (draft.Groups is not { Count: > 0 } groups)
        {
            return [];
        }

        if (book.IsShared)
        {
            throw MemberErrors.Of("groups", "Organization contacts are in no groups.");
        }

        return [.. groups
            .Where(id => !draft.SkipsUnknownGroups || Guid.TryParseExact(id, "D", out _))
            .Select(id => Guid.TryParseExact(id, "D", out var group) ? group : throw UnknownGroups())
            .Distinct()];
    }

    /// <summary>What to say of groups that are not of the book.</summary>
    public static ProblemException UnknownGroups() =>
        MemberErrors.Of("groups", "Not every id here is a group of yours; GET /groups lists them.");
}
