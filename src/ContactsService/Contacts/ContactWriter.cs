using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Groups;
using ContactsService.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>All writes of contacts, for every adapter: rules, book, one transaction.</summary>
internal sealed class ContactWriter(BookTransaction transaction, RequestLimits limits)
{
    private const int MaxPutAttempts = 3;

    /// <summary>Adds a contact to the caller's book, or an admin's to the organization's.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>forbidden</c>, <c>contact-exists</c>.</exception>
    public async Task<ContactView> AddAsync(Caller caller, ContactDraft draft, CancellationToken cancellationToken)
    {
        DraftValidation.Require(ContactRules.Default, draft);
        var book = ContactTarget.Book(caller, draft);
        var id = draft.ContactId ?? Guid.CreateVersion7().ToString();
        try
        {
            return await AddAsync(caller, book, id, draft, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == ContactConfiguration.Key)
        {
            throw ContactChecks.Exists(id);
        }
    }

    /// <summary>Adds a person or queue of the directory to the caller's book.</summary>
    /// <returns>False when the book has it already.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>; <c>contact-exists</c> when a CUSTOM contact has the id.</exception>
    public async Task<bool> AddIfNewAsync(Caller caller, ContactDraft draft, CancellationToken cancellationToken)
    {
        DraftValidation.Require(ContactRules.Default, draft);
        return await transaction.InTransactionAsync(
            caller.Own,
            async () =>
            {
                var isNew = !await transaction.Db.Set<ContactRow>().AnyAsync(
                    row => row.BookId == caller.Own.Id && row.Organization == caller.Organization
                        && row.ContactId == draft.ContactId && row.ContactType == "CLOUD",
                    cancellationToken);
                if (isNew)
                {
                    await AddAsync(caller, draft, cancellationToken);
                }

                return isNew;
            },
            cancellationToken);
    }

    /// <summary>Replaces a contact, or creates what the caller cannot see under this id.</summary>
    /// <returns>The contact, and whether it was created.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>forbidden</c>, <c>directory-read-only</c>, <c>stale</c>.</exception>
    public async Task<(ContactView Contact, bool IsNew)> PutAsync(
        Caller caller, string id, ContactDraft draft, Precondition precondition, CancellationToken cancellationToken)
    {
        ContactChecks.Require(id, draft);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PutOnceAsync(caller, id, draft, precondition, cancellationToken);
            }
            catch (PostgresException raced) when (raced.ConstraintName == ContactConfiguration.Key)
            {
                // Created by another request since it was looked for: now it is there to be replaced. If it never is, somebody of the
                // directory has left, whose id is not given away.
                await transaction.DisposeAsync();
                if (attempt == MaxPutAttempts)
                {
                    throw ContactChecks.Exists(id);
                }
            }
        }
    }

    /// <summary>Changes what a patch names (RFC 7396).</summary>
    /// <returns>Null when the caller cannot see such a contact.</returns>
    /// <exception cref="ProblemException">As for <see cref="PutAsync"/>; also <c>body-too-large</c>.</exception>
    public Task<ContactView?> PatchAsync(
        Caller caller, string id, JsonElement patch, Precondition precondition, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller,
            id,
            current => ContactChecks.Require(id, ContactChecks.ReadPatched(current, patch)),
            precondition,
            cancellationToken);

    /// <summary>Deletes a contact.</summary>
    /// <returns>False when the caller cannot see such a contact.</returns>
    /// <exception cref="ProblemException"><c>forbidden</c>, <c>directory-read-only</c>, <c>stale</c>.</exception>
    public async Task<bool> RemoveAsync(Caller caller, string id, Precondition precondition, CancellationToken cancellationToken)
    {
        if (await RemoveAsync(caller.Own, id, precondition, cancellationToken))
        {
            return true;
        }

        return await FindWritableAsync(caller, id, precondition, cancellationToken) is { } found
            && await RemoveAsync(found.Book(caller), id, precondition, cancellationToken);
    }

    /// <summary>Deletes a contact of the caller's own book, whatever its version.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> RemoveOwnAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        RemoveAsync(caller.Own, id, Precondition.None, cancellationToken);

    private async Task<(ContactView Contact, bool IsNew)> PutOnceAsync(
        Caller caller, string id, ContactDraft draft, Precondition precondition, CancellationToken cancellationToken)
    {
        // The usual case, a CUSTOM contact of the own book, is one round trip.
        if (draft.IsCustom && !precondition.OnlyCreates
            && await ReplaceAsync(caller, caller.Own, id, draft, precondition.Versions(caller.Own.Tag), cancellationToken) is { } replaced)
        {
            return (replaced, false);
        }

        if (await FindAsync(caller, id, cancellationToken) is not { } found)
        {
            precondition.RequireNothing();
            return (await AddAsync(caller, ContactTarget.Book(caller, draft), id, draft, cancellationToken), true);
        }

        if (precondition.OnlyCreates)
        {
            throw ContactChecks.AlreadyThere(caller, found);
        }

        if (found is { IsOwn: false, IsCloud: true } && !draft.IsCustom)
        {
            ContactChecks.RequireCurrent(caller, found, precondition);
            var filed = ContactChecks.OwnerFields(found, draft);
            return (await AddAsync(caller, ContactTarget.Book(caller, filed), id, filed, cancellationToken), true);
        }

        if (found.IsOwn && found.IsCloud == draft.IsCustom)
        {
            throw ContactChecks.Contradiction(caller, found, draft);
        }

        var changed = await ChangeAsync(caller, id, _ => draft, precondition, cancellationToken);
        return (changed ?? throw ProblemException.NotFound("contact"), false);
    }

    private async Task<ContactView> AddAsync(
        Caller caller, BookKey book, string id, ContactDraft draft, CancellationToken cancellationToken)
    {
        var groups = ContactTarget.Groups(book, draft);
        var body = ContactChecks.Body(limits, book, id, draft);
        Task<ContactView?> WriteAsync() =>
            this.WriteAsync(caller, book, id, body, draft, ContactStatements.Add(book, id, groups, draft, body), cancellationToken);

        if (await WriteAsync() is { } added)
        {
            return added;
        }

        // The first write of a new book, or the first one after its default group was deleted. One that is refused creates neither.
        if (groups.Length > 0
            && await transaction.FindAsync(GroupReader.FindMissing(book, groups), row => row, cancellationToken) is not null)
        {
            throw ContactTarget.UnknownGroups();
        }

        await transaction.CreateAsync(book, cancellationToken);
        return await WriteAsync() ?? throw ContactTarget.UnknownGroups();
    }

    // Between reading and writing nobody else may write: the change is of what is there.
    private async Task<ContactView?> ChangeAsync(
        Caller caller, string id, Func<ContactView, ContactDraft> change, Precondition precondition, CancellationToken cancellationToken)
    {
        await transaction.EnterAsync(caller.Own, cancellationToken);
        if (await FindWritableAsync(caller, id, precondition, cancellationToken) is not { } found)
        {
            return null;
        }

        var book = found.Book(caller);
        await transaction.BeginAsync(cancellationToken);
        var current = await transaction.OnceAsync(book, ContactReader.Find(caller, id), ContactView.Read, cancellationToken);
        if (current is null || current.IsOwn != found.IsOwn)
        {
            return null;
        }

        ContactChecks.RequireCurrent(caller, current, precondition);
        var draft = ContactChecks.OwnerFields(current, change(current));
        var changed = await ReplaceAsync(caller, book, id, draft, versions: null, cancellationToken)
            ?? throw ContactChecks.Contradiction(caller, current, draft);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    private async Task<ContactView?> ReplaceAsync(
        Caller caller, BookKey book, string id, ContactDraft draft, long[]? versions, CancellationToken cancellationToken)
    {
        if (!ContactTarget.IsFor(draft, caller, book))
        {
            return null; // refused later, when it is known in which book the contact is
        }

        var groups = ContactTarget.Groups(book, draft);
        var body = ContactChecks.Body(limits, book, id, draft);
        return await WriteAsync(
            caller, book, id, body, draft, ContactStatements.Replace(book, id, groups, versions, draft, body), cancellationToken);
    }

    private async Task<ContactView?> WriteAsync(
        Caller caller, BookKey book, string id, byte[] body, ContactDraft draft, NpgsqlBatchCommand statement,
        CancellationToken cancellationToken)
    {
        var written = await transaction.OnceAsync(
            book,
            statement,
            row => new ContactView(
                id,
                IsOwn: !book.IsShared,
                body,
                row.GetFieldValue<Guid[]>(0),
                draft.IsCustom ? null : false,
                row.GetInt64(1),
                row.GetDateTime(2),
                row.GetDateTime(3),
                !draft.IsCustom),
            cancellationToken);

        // The directory may know more about it.
        return written?.IsCloud == true ? await FindAsync(caller, id, cancellationToken) ?? written : written;
    }

    private async Task<bool> RemoveAsync(BookKey book, string id, Precondition precondition, CancellationToken cancellationToken) =>
        await transaction.OnceAsync(
            book, ContactStatements.Remove(book, id, precondition.Versions(book.Tag)), row => row, cancellationToken) is not null;

    // By the connection at hand: writers that hold one and wait for another would wait for each other.
    private Task<ContactView?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        transaction.FindAsync(ContactReader.Find(caller, id), ContactView.Read, cancellationToken);

    /// <summary>The contact that the caller may write under this id; null when the caller cannot see any.</summary>
    /// <exception cref="ProblemException"><c>directory-read-only</c>, <c>forbidden</c>, <c>stale</c>.</exception>
    private async Task<ContactView?> FindWritableAsync(
        Caller caller, string id, Precondition precondition, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } found)
        {
            return null;
        }

        ContactChecks.RequireWritable(caller, found);
        ContactChecks.RequireCurrent(caller, found, precondition);
        if (!found.IsOwn)
        {
            // To wait for the organization's book without a connection, which others need meanwhile.
            await transaction.DisposeAsync();
            await transaction.EnterAsync(caller.Shared, cancellationToken);
        }

        return found;
    }
}
