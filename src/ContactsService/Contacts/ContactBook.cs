using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>All writes of contacts, for every door: rules, book, one transaction.</summary>
internal sealed class ContactBook(WriteSession session, BookBirth birth, RequestLimits limits, Clock clock)
{
    /// <summary>Adds a contact to the caller's book, or an admin's to the organization's.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>forbidden</c>, <c>contact-exists</c>.</exception>
    public async Task<ContactView> AddAsync(Caller caller, ContactDraft draft, CancellationToken cancellation)
    {
        Rules.Demand(ContactRules.Standard, draft);
        var book = ContactPlace.Book(caller, draft);
        var groups = ContactPlace.Groups(book, draft);
        var id = draft.ContactId ?? Guid.CreateVersion7(clock.Now).ToString();
        var body = Body(book, id, draft);
        try
        {
            Task<ContactView?> AddAsync()
            {
                var now = clock.Now;
                return RunAsync(book, id, body, draft, now, ContactStatements.Add(book, id, groups, now, draft, body), cancellation);
            }

            if (await ShowAsync(caller, await AddAsync(), cancellation) is { } added)
            {
                return added;
            }

            // The first write of a new book, or the first one after its default group was deleted.
            await birth.EnsureAsync(book, cancellation);
            return await ShowAsync(caller, await AddAsync(), cancellation) ?? throw ContactPlace.UnknownGroups();
        }
        catch (PostgresException refused) when (refused.ConstraintName == ContactTable.Key)
        {
            throw new ProblemException(Problems.ContactExists, "Read, change or delete that one, or add another id.")
            {
                Errors = { ["contactId"] = ["The book has it already."] },
                Extensions = { ["contactId"] = id },
            };
        }
    }

    /// <summary>Adds somebody of the directory to the caller's book.</summary>
    /// <returns>False when they are there already.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>; <c>contact-exists</c> when a CUSTOM contact has the id.</exception>
    public async Task<bool> AddIfNewAsync(Caller caller, ContactDraft draft, CancellationToken cancellation)
    {
        Rules.Demand(ContactRules.Standard, draft);
        await session.EnterAsync(caller.Own, cancellation);
        return await session.WithinTransactionAsync(
            async () =>
            {
                await birth.EnsureAsync(caller.Own, cancellation); // and from here on nobody else writes to the book
                var isNew = await FindAsync(caller, draft.ContactId!, cancellation) is not { IsOwn: true, IsCloud: true };
                if (isNew)
                {
                    await AddAsync(caller, draft, cancellation);
                }

                return isNew;
            },
            cancellation);
    }

    /// <summary>Replaces a contact.</summary>
    /// <returns>Null when the caller can see no such contact.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>forbidden</c>, <c>directory-read-only</c>, <c>stale</c>.</exception>
    public async Task<ContactView?> ReplaceAsync(
        Caller caller, string id, ContactDraft draft, Precondition precondition, CancellationToken cancellation)
    {
        DemandId(id, draft);
        Rules.Demand(ContactRules.Standard, draft);
        if (!draft.IsCustom)
        {
            return await ChangeAsync(caller, id, _ => draft, precondition, cancellation);
        }

        return await ReplaceAsync(caller, caller.Own, id, draft, precondition.Versions(caller.Own.Tag), cancellation)
            ?? await ExplainAsync(caller, id, precondition, async found =>
                await ReplaceAsync(caller, found.Book(caller), id, draft, precondition.Versions(found.Book(caller).Tag), cancellation)
                    ?? throw Contradiction(caller, found, draft), cancellation);
    }

    /// <summary>Changes what a patch names (RFC 7396).</summary>
    /// <returns>Null when the caller can see no such contact.</returns>
    /// <exception cref="ProblemException">As for <see cref="ReplaceAsync(Caller, string, ContactDraft, Precondition, CancellationToken)"/>; also <c>body-too-large</c>.</exception>
    public Task<ContactView?> PatchAsync(
        Caller caller, string id, JsonElement patch, Precondition precondition, CancellationToken cancellation) =>
        ChangeAsync(
            caller,
            id,
            current =>
            {
                var draft = ContactJson.Read(MergePatch.Apply(Document(current), patch, ContactJson.Aliases));
                DemandId(id, draft);
                Rules.Demand(ContactRules.Standard, draft);
                return draft;
            },
            precondition,
            cancellation);

    /// <summary>Deletes a contact.</summary>
    /// <returns>False when the caller can see no such contact.</returns>
    /// <exception cref="ProblemException"><c>forbidden</c>, <c>directory-read-only</c>, <c>stale</c>.</exception>
    public async Task<bool> RemoveAsync(Caller caller, string id, Precondition precondition, CancellationToken cancellation) =>
        await RemoveAsync(caller.Own, id, precondition, cancellation)
        || await ExplainAsync<object>(caller, id, precondition, async found =>
            await RemoveAsync(found.Book(caller), id, precondition, cancellation) ? found : null, cancellation) is not null;

    /// <summary>Deletes a contact of the caller's own book, whatever its version.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> RemoveOwnAsync(Caller caller, string id, CancellationToken cancellation) =>
        RemoveAsync(caller.Own, id, Precondition.None, cancellation);

    private static void DemandId(string id, ContactDraft draft)
    {
        if ((draft.ContactId ??= id) != id)
        {
            throw MemberErrors.Of("contactId", "It is not the one in the address, and cannot be changed.");
        }
    }

    // Between reading and writing nobody else may write: the change is of what is there.
    private async Task<ContactView?> ChangeAsync(
        Caller caller, string id, Func<ContactView, ContactDraft> change, Precondition precondition, CancellationToken cancellation)
    {
        await session.EnterAsync(caller.Own, cancellation);
        return await ExplainAsync(caller, id, precondition, async found =>
        {
            var book = found.Book(caller);
            await session.BeginAsync(cancellation);
            var current = await session.RunAsync(
                async reader => await reader.NextResultAsync(cancellation) && await reader.ReadAsync(cancellation) ? ContactView.Read(reader) : null,
                cancellation,
                BookBirth.Lock(book),
                ContactReads.Find(caller, id));
            if (current is null || current.IsOwn != found.IsOwn)
            {
                return null;
            }

            DemandCurrent(caller, current, precondition);
            var draft = change(current);
            if (current.DirectoryVersion is not null)
            {
                draft = DirectoryBody.OwnersPart(draft, ContactJson.Read(JsonElement.Parse(Document(current))));
            }

            var changed = await ReplaceAsync(caller, book, id, draft, versions: null, cancellation) ?? throw Contradiction(caller, current, draft);
            await session.CommitAsync(cancellation);
            return changed;
        }, cancellation);
    }

    private static byte[] Document(ContactView contact) => Encoding.UTF8.GetBytes(
        $"{{{Encoding.UTF8.GetString(contact.Body)},\"groups\":[{string.Join(',', contact.Groups.Select(group => $"\"{group}\""))}]}}");

    private async Task<ContactView?> ReplaceAsync(
        Caller caller, BookKey book, string id, ContactDraft draft, long[]? versions, CancellationToken cancellation)
    {
        if (!ContactPlace.Fits(draft, caller, book))
        {
            return null; // explained later, when it is known in which book the contact is
        }

        var groups = ContactPlace.Groups(book, draft);
        var now = clock.Now;
        var body = Body(book, id, draft);

        return await ShowAsync(
            caller,
            await RunAsync(book, id, body, draft, now, ContactStatements.Replace(book, id, groups, now, versions, draft, body), cancellation),
            cancellation);
    }

    // As it is answered, so that it can be sent back; escapes make it longer than it came, and so may a patch.
    private byte[] Body(BookKey book, string id, ContactDraft draft)
    {
        var body = ContactJson.Write(id, book.OwnerId, draft);
        return body.Length <= limits.BodyBytes ? body : throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge);
    }

    // The directory may know more about it.
    private async Task<ContactView?> ShowAsync(Caller caller, ContactView? written, CancellationToken cancellation) =>
        written?.IsCloud == true ? await FindAsync(caller, written.ContactId, cancellation) ?? written : written;

    private async Task<ContactView?> RunAsync(
        BookKey book, string id, byte[] body, ContactDraft draft, DateTime now, NpgsqlBatchCommand statement, CancellationToken cancellation)
    {
        await session.EnterAsync(book, cancellation);
        return await session.RunAsync(
            async reader => await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None)
                ? new ContactView(
                    id,
                    IsOwn: !book.IsShared,
                    body,
                    reader.GetFieldValue<Guid[]>(0),
                    draft.IsCustom ? null : false,
                    reader.GetInt64(1),
                    reader.GetDateTime(2),
                    now,
                    !draft.IsCustom)
                : null,
            cancellation,
            BookBirth.Lock(book),
            statement);
    }

    private async Task<bool> RemoveAsync(BookKey book, string id, Precondition precondition, CancellationToken cancellation)
    {
        await session.EnterAsync(book, cancellation);
        return await session.RunAsync(
            async reader => await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None),
            cancellation,
            BookBirth.Lock(book),
            ContactStatements.Remove(book, id, precondition.Versions(book.Tag), clock.Now));
    }

    // By the connection at hand: writers that hold one and wait for another would wait for each other.
    private Task<ContactView?> FindAsync(Caller caller, string id, CancellationToken cancellation) =>
        session.FindAsync(ContactReads.Find(caller, id), ContactView.Read, cancellation);

    /// <summary>Says why a write found nothing to write: what the caller sees there, may not write, or does not know anymore.</summary>
    private async Task<T?> ExplainAsync<T>(
        Caller caller, string id, Precondition precondition, Func<ContactView, Task<T?>> write, CancellationToken cancellation)
        where T : class
    {
        if (await FindAsync(caller, id, cancellation) is not { } found)
        {
            return null;
        }

        if (!found.IsOwn && found.IsCloud)
        {
            throw new ProblemException(
                Problems.DirectoryReadOnly,
                "An admin writes users at /scim/v2/Users and queues at /queues. "
                + "To file it in groups of yours, add it to your own book: POST /contacts with contactType CLOUD and its contactId.");
        }

        if (!found.IsOwn && !caller.MayWriteShared)
        {
            throw new ProblemException(Problems.Forbidden, "Only an admin may write organization contacts. Ask an admin, or add a contact of your own.");
        }

        DemandCurrent(caller, found, precondition);
        if (!found.IsOwn)
        {
            // To wait for the organization's book without a connection, which others need meanwhile.
            await session.DisposeAsync();
            await session.EnterAsync(caller.Shared, cancellation);
        }

        return await write(found);
    }

    private static void DemandCurrent(Caller caller, ContactView contact, Precondition precondition)
    {
        if (precondition.Versions(contact.Book(caller).Tag)?.Contains(contact.Version) == false)
        {
            throw new ProblemException(Problems.Stale, "The contact is not what your If-Match names; read it again.") { ETag = contact.ETag(caller) };
        }
    }

    private static ProblemException Contradiction(Caller caller, ContactView found, ContactDraft draft)
    {
        if (found.IsCloud == draft.IsCustom)
        {
            return MemberErrors.Of("contactType", "It cannot be changed; delete the contact and add another.");
        }

        return ContactPlace.Fits(draft, caller, found.Book(caller))
            ? ContactPlace.UnknownGroups()
            : MemberErrors.Of("ownerId", "A contact cannot be moved to another owner.");
    }
}
