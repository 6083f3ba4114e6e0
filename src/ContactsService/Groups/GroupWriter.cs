using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>Writes groups, by EF Core in a transaction that begins with the lock of the book.</summary>
internal sealed class GroupWriter(BookTransaction transaction, Membership membership)
{
    /// <summary>Adds a group, and the contacts that the draft names to the group.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>group-name-taken</c>.</exception>
    public Task<GroupView> AddAsync(Caller caller, GroupDraft draft, CancellationToken cancellationToken)
    {
        GroupChecks.Require(caller, draft, id: null);
        return AddAsync(caller, Guid.CreateVersion7(), draft, cancellationToken);
    }

    /// <summary>Replaces a group, or creates it with this id. Its contacts change only when the draft names them.</summary>
    /// <returns>The group, and whether it was created.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>group-name-taken</c>, <c>stale</c>, <c>last-group</c>.</exception>
    public async Task<(GroupView Group, bool IsNew)> PutAsync(
        Caller caller, Guid id, GroupDraft draft, Precondition precondition, CancellationToken cancellationToken)
    {
        GroupChecks.Require(caller, draft, id);
        await OpenAsync(caller.Own, draft, cancellationToken);
        var group = await FindAsync(caller.Own, id, precondition, cancellationToken);
        if (group is null)
        {
            precondition.RequireNothing();
            var added = await AddAsync(caller, id, draft, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return (added, true);
        }

        if (precondition.OnlyCreates)
        {
            throw GroupChecks.Stale(caller.Own, group.Version);
        }

        return (await ReplaceAsync(caller.Own, group, draft, cancellationToken), false);
    }

    /// <summary>Applies a merge patch (RFC 7396).</summary>
    /// <returns>The group; null when the caller does not have it.</returns>
    /// <exception cref="ProblemException">The same as for <see cref="PutAsync"/>.</exception>
    public async Task<GroupView?> PatchAsync(
        Caller caller, Guid id, JsonElement patch, Precondition precondition, CancellationToken cancellationToken)
    {
        await transaction.OpenAsync(caller.Own, cancellationToken);
        if (await FindAsync(caller.Own, id, precondition, cancellationToken) is not { } group)
        {
            return null;
        }

        var draft = GroupChecks.ReadPatched(group, patch);
        GroupChecks.Require(caller, draft, id);
        return await ReplaceAsync(caller.Own, group, draft, cancellationToken);
    }

    /// <summary>Deletes a group. Its contacts are kept; those in no other group move to the default group.</summary>
    /// <param name="caller">The owner.</param>
    /// <param name="id">The group.</param>
    /// <param name="deletesContacts">True to delete the contacts that are in no other group.</param>
    /// <param name="precondition">The condition on its version.</param>
    /// <param name="cancellationToken">Cancels the wait for the lock, not a write that has begun.</param>
    /// <returns>False when the caller does not have the group.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>default-group-in-use</c>.</exception>
    public async Task<bool> RemoveAsync(
        Caller caller, Guid id, bool deletesContacts, Precondition precondition, CancellationToken cancellationToken)
    {
        var book = caller.Own;
        await transaction.OpenAsync(book, cancellationToken);
        if (await FindAsync(book, id, precondition, cancellationToken) is not { } group)
        {
            return false;
        }

        var wasDefault = transaction.DefaultGroupId == id;
        if (wasDefault)
        {
            GroupChecks.RequireEmpty(group);
            transaction.ReleaseDefaultGroup();
            await transaction.SaveAsync(cancellationToken);
        }
        else
        {
            await membership.EmptyAsync(book, id, deletesContacts, cancellationToken);
        }

        transaction.Db.Remove(group);
        transaction.Db.Add(new Tombstone
        {
            BookId = book.Id,
            Organization = book.Organization,
            Version = transaction.NextVersion,
            Kind = "group",
            Id = id.ToString(),
            Deleted = transaction.Now,
        });
        await transaction.SaveAsync(cancellationToken);
        if (wasDefault && await Groups(book).AnyAsync(cancellationToken))
        {
            // A book that is not empty has a default group.
            await transaction.CreateDefaultGroupAsync(book, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Adds contacts to a group and removes others from it.</summary>
    /// <returns>The group; null when the caller does not have it.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>stale</c>, <c>last-group</c>, <c>group-limit</c>.</exception>
    public async Task<GroupView?> ChangeMembersAsync(
        Caller caller, Guid id, MembershipDraft draft, Precondition precondition, CancellationToken cancellationToken) =>
        await membership.ChangeAsync(caller.Own, id, draft, precondition, cancellationToken) is null
            ? null
            : await GroupReader.FindAsync(transaction, caller.Own, id, cancellationToken);

    /// <summary>Adds one contact to a group.</summary>
    /// <returns>The version of the group; null when the caller does not have the group or the contact.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>group-limit</c>.</exception>
    public Task<long?> AddMemberAsync(
        Caller caller, Guid id, string contactId, Precondition precondition, CancellationToken cancellationToken) =>
        membership.ChangeOneAsync(caller.Own, id, new() { Add = [contactId] }, precondition, cancellationToken);

    /// <summary>Removes one contact from a group.</summary>
    /// <returns>The version of the group; null when the caller does not have the group, or the contact is not in it.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>last-group</c>.</exception>
    public Task<long?> RemoveMemberAsync(
        Caller caller, Guid id, string contactId, Precondition precondition, CancellationToken cancellationToken) =>
        membership.ChangeOneAsync(caller.Own, id, new() { Remove = [contactId] }, precondition, cancellationToken);

    private Task OpenAsync(BookKey book, GroupDraft draft, CancellationToken cancellationToken) =>
        draft.MayBecomeDefault
            ? transaction.OpenWithoutDefaultGroupAsync(book, cancellationToken)
            : transaction.OpenAsync(book, cancellationToken);

    private async Task<GroupView> AddAsync(Caller caller, Guid id, GroupDraft draft, CancellationToken cancellationToken)
    {
        await OpenAsync(caller.Own, draft, cancellationToken);
        if (draft.IsFromEncryptingClient && await FindSameAsync(caller.Own, draft, cancellationToken) is { } same)
        {
            return await CommitAsync(caller.Own, same, cancellationToken);
        }

        var group = new Group
        {
            BookId = caller.Own.Id,
            Organization = caller.Organization,
            GroupId = id,
            Body = "",
            NameHash = [],
            DisplayName = "",
            GroupType = "",
            Created = transaction.Now,
        };
        transaction.Db.Add(group);
        return await ReplaceAsync(caller.Own, group, draft, cancellationToken);
    }

    private IQueryable<Group> Groups(BookKey book) =>
        transaction.Db.Set<Group>().Where(group => group.BookId == book.Id && group.Organization == book.Organization);

    private async Task<Group?> FindAsync(BookKey book, Guid id, Precondition precondition, CancellationToken cancellationToken)
    {
        var group = await Groups(book).AsTracking().SingleOrDefaultAsync(group => group.GroupId == id, cancellationToken);
        if (group is not null)
        {
            GroupChecks.RequireCurrent(book, precondition, group.Version);
        }

        return group;
    }

    // Encrypting the same text twice gives different ciphertext, so equal ciphertext is a repeated request.
    private Task<Guid?> FindSameAsync(BookKey book, GroupDraft draft, CancellationToken cancellationToken)
    {
        var hash = draft.NameHash;
        return Groups(book)
            .Where(group => group.NameHash == hash)
            .Select(group => (Guid?)group.GroupId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<GroupView> ReplaceAsync(BookKey book, Group group, GroupDraft draft, CancellationToken cancellationToken)
    {
        group.Replace(book, draft);
        group.Version = transaction.NextVersion;
        group.LastModified = transaction.Now;
        try
        {
            await transaction.SaveAsync(cancellationToken);
        }
        catch (DbUpdateException conflict)
            when (conflict.InnerException is PostgresException { ConstraintName: GroupConfiguration.NameUnique })
        {
            await transaction.DisposeAsync();
            throw await NameTakenAsync(book, draft, cancellationToken);
        }

        if (transaction.DefaultGroupId is null)
        {
            // In a separate statement, because the group has to exist first.
            transaction.AdoptDefaultGroup(group.GroupId);
            await transaction.SaveAsync(cancellationToken);
        }

        if (draft.Members is not null)
        {
            await membership.SetAsync(book, group.GroupId, draft.Members, cancellationToken);
        }

        return await CommitAsync(book, group.GroupId, cancellationToken);
    }

    private async Task<GroupView> CommitAsync(BookKey book, Guid id, CancellationToken cancellationToken)
    {
        var view = await GroupReader.FindAsync(transaction, book, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return view!;
    }

    private async Task<ProblemException> NameTakenAsync(BookKey book, GroupDraft draft, CancellationToken cancellationToken)
    {
        // An empty id when it was deleted meanwhile.
        var taken = await Groups(book).Where(group => group.NameHash == draft.NameHash).Select(group => group.GroupId)
            .SingleOrDefaultAsync(cancellationToken);
        return GroupChecks.NameTaken(taken);
    }
}
