using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Which contacts a caller may write, and why others are refused.</summary>
internal sealed class WritableContacts(BookTransaction transaction)
{
    /// <summary>What the caller sees under this id, in the transaction of the request; null when there is nothing.</summary>
    // By the connection at hand: writers that hold one and wait for another would wait for each other.
    public Task<ContactView?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        transaction.FindAsync(ContactReader.Find(caller, id), ContactView.Read, cancellationToken);

    /// <summary>The contact that the caller may write under this id; null when the caller cannot see any.</summary>
    /// <exception cref="ProblemException"><c>directory-read-only</c>, <c>forbidden</c>, <c>stale</c>.</exception>
    public async Task<ContactView?> FindForWriteAsync(
        Caller caller, string id, Precondition precondition, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } found)
        {
            return null;
        }

        if (!found.IsOwn && found.IsCloud)
        {
            throw new ProblemException(
                Problems.DirectoryReadOnly,
                "An admin writes users at /scim/v2/Users and queues at /queues. "
                + "To put this entry into groups of yours, add it to your own book: "
                + "POST /contacts with contactType CLOUD and its contactId.");
        }

        if (!found.IsOwn && !caller.MayWriteOrganization)
        {
            throw new ProblemException(
                Problems.Forbidden, "Only an admin may write organization contacts. Ask an admin, or add a contact of your own.");
        }

        RequireCurrent(caller, found, precondition);
        if (!found.IsOwn)
        {
            // To wait for the organization's book without a connection, which others need meanwhile.
            await transaction.DisposeAsync();
            await transaction.EnterAsync(caller.Shared, cancellationToken);
        }

        return found;
    }

    /// <summary>Refuses a contact that has changed since the caller has read it.</summary>
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

    /// <summary>What to say of a draft that the contact cannot be replaced with.</summary>
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
}
