using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>All writes of groups. Each is one transaction that begins with the lock of the book.</summary>
internal sealed class GroupBook(ContactsDb db, WriteSession session, BookBirth birth, GroupReads reads, Membership membership, Clock clock)
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal) { ["name"] = "displayName", ["id"] = "groupId" };

    /// <summary>Adds a group, and the contacts it names to it.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>group-name-taken</c>.</exception>
    public async Task<GroupView> AddAsync(Caller caller, GroupDraft draft, CancellationToken cancellation)
    {
        Demand(caller, draft, id: null);
        var book = draft.IsFromEncryptingClient || Fold.Text(draft.DisplayName!) == Fold.Text(BookBirth.DefaultGroupName) // which makes it the default group
            ? await LockedBook.OpenBareAsync(caller.Own, db, session, birth, cancellation)
            : await OpenAsync(caller, cancellation);
        if (draft.IsFromEncryptingClient && await FindSameAsync(book, draft, cancellation) is { } same)
        {
            return await CommitAsync(book, same, cancellation);
        }

        var now = clock.Now;
        var group = new Group
        {
            BookId = book.Key.Id,
            Organization = caller.Organization,
            GroupId = Guid.CreateVersion7(now),
            Body = "",
            NameHash = [],
            DisplayName = "",
            GroupType = "",
            Created = now,
        };
        Fill(group, book, draft, now);
        db.Add(group);
        return await FinishAsync(book, group.GroupId, draft, cancellation);
    }

    /// <summary>Replaces what a group is called and is; its contacts only when the draft names them.</summary>
    /// <returns>Null when the caller has no such group.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>group-name-taken</c>, <c>stale</c>, <c>last-group</c>.</exception>
    public async Task<GroupView?> ReplaceAsync(Caller caller, Guid id, GroupDraft draft, Precondition precondition, CancellationToken cancellation)
    {
        Demand(caller, draft, id);
        var book = await OpenAsync(caller, cancellation);
        if (await FindAsync(book, id, precondition, cancellation) is not { } group)
        {
            return null;
        }

        Fill(group, book, draft, clock.Now);
        return await FinishAsync(book, id, draft, cancellation);
    }

    /// <summary>Changes what a patch names (RFC 7396).</summary>
    /// <returns>Null when the caller has no such group.</returns>
    /// <exception cref="ProblemException">As for <see cref="ReplaceAsync"/>.</exception>
    public async Task<GroupView?> PatchAsync(Caller caller, Guid id, JsonBody patch, Precondition precondition, CancellationToken cancellation)
    {
        var book = await OpenAsync(caller, cancellation);
        if (await FindAsync(book, id, precondition, cancellation) is not { } group)
        {
            return null;
        }

        var document = System.Text.Encoding.UTF8.GetBytes($"{{{group.Body}}}");
        var draft = GroupDraft.Read(MergePatch.Apply(document, patch.Root, Aliases));
        Demand(caller, draft, id);
        Fill(group, book, draft, clock.Now);
        return await FinishAsync(book, id, draft, cancellation);
    }

    /// <summary>Removes a group. Its contacts stay; those in no other group go to the default group.</summary>
    /// <param name="caller">Whose group it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="contactsToo">True to remove the contacts that are in no other group.</param>
    /// <param name="precondition">What the caller knows of it.</param>
    /// <param name="cancellation">Ends the waiting, not a write that was begun.</param>
    /// <returns>False when the caller has no such group.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>default-group-in-use</c>.</exception>
    public async Task<bool> RemoveAsync(Caller caller, Guid id, bool contactsToo, Precondition precondition, CancellationToken cancellation)
    {
        var book = await OpenAsync(caller, cancellation);
        if (await FindAsync(book, id, precondition, cancellation) is not { } group)
        {
            return false;
        }

        var wasDefault = book.DefaultGroupId == id;
        if (wasDefault)
        {
            await DemandEmptyAsync(book, id, cancellation);
            await book.LoseDefaultGroupAsync(cancellation);
        }
        else
        {
            await membership.EmptyAsync(book, id, contactsToo, cancellation);
        }

        db.Remove(group);
        db.Add(new Tombstone
        {
            BookId = book.Key.Id,
            Organization = caller.Organization,
            Version = book.NextVersion,
            Noun = "group",
            Id = id.ToString(),
            Deleted = clock.Now,
        });
        await book.SaveAsync(cancellation);
        if (wasDefault && await Groups(book).AnyAsync(cancellation))
        {
            // A book that holds anything has a default group.
            await birth.EnsureAsync(book.Key, cancellation);
        }

        await book.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Adds contacts to a group and takes others out of it.</summary>
    /// <returns>Null when the caller has no such group.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>stale</c>, <c>last-group</c>, <c>group-limit</c>.</exception>
    public async Task<GroupView?> ChangeMembersAsync(Caller caller, Guid id, MembershipDraft draft, Precondition precondition, CancellationToken cancellation)
    {
        var book = await OpenAsync(caller, cancellation);
        if (await FindAsync(book, id, precondition, cancellation) is null)
        {
            return null;
        }

        return await ChangeMembersAsync(book, id, draft, cancellation);
    }

    /// <summary>Puts one contact into a group.</summary>
    /// <returns>The group; null when the caller has no such group or no such contact.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>group-limit</c>.</exception>
    public async Task<GroupView?> AddMemberAsync(Caller caller, Guid id, string contactId, Precondition precondition, CancellationToken cancellation)
    {
        var book = await OpenAsync(caller, cancellation);
        return await membership.KnowsAsync(book, contactId, cancellation) && await FindAsync(book, id, precondition, cancellation) is not null
            ? await ChangeMembersAsync(book, id, new() { Add = [contactId] }, cancellation)
            : null;
    }

    /// <summary>Takes one contact out of a group.</summary>
    /// <returns>The group; null when the caller has no such group or it has no such contact.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>last-group</c>.</exception>
    public async Task<GroupView?> RemoveMemberAsync(Caller caller, Guid id, string contactId, Precondition precondition, CancellationToken cancellation)
    {
        var book = await OpenAsync(caller, cancellation);
        return await membership.KnowsAsync(book, contactId, cancellation)
            && await FindAsync(book, id, precondition, cancellation) is not null
            && (await membership.ListAsync(book, id, cancellation)).Contains(contactId)
            ? await ChangeMembersAsync(book, id, new() { Remove = [contactId] }, cancellation)
            : null;
    }

    private Task<LockedBook> OpenAsync(Caller caller, CancellationToken cancellation) =>
        LockedBook.OpenAsync(caller.Own, db, session, birth, cancellation);

    private IQueryable<Group> Groups(LockedBook book) =>
        db.Set<Group>().Where(group => group.BookId == book.Key.Id && group.Organization == book.Key.Organization);

    private async Task<Group?> FindAsync(LockedBook book, Guid id, Precondition precondition, CancellationToken cancellation)
    {
        var group = await Groups(book).AsTracking().SingleOrDefaultAsync(one => one.GroupId == id, cancellation);
        if (group is not null && precondition.Versions(book.Key.Tag)?.Contains(group.Version) == false)
        {
            throw new ProblemException(Problems.Stale, "The group is not what your If-Match names; read it again.")
            {
                ETag = Answer.Tag(book.Key.Tag, group.Version),
            };
        }

        return group;
    }

    private async Task DemandEmptyAsync(LockedBook book, Guid id, CancellationToken cancellation)
    {
        if ((await membership.ListAsync(book, id, cancellation)).Count > 0)
        {
            throw new ProblemException(Problems.DefaultGroupInUse, "Move or delete its contacts first; it can be renamed at any time.")
            {
                Extensions = { ["groupId"] = id.ToString() },
            };
        }
    }

    private async Task<GroupView> ChangeMembersAsync(LockedBook book, Guid id, MembershipDraft draft, CancellationToken cancellation)
    {
        if (await membership.ChangeAsync(book, id, draft, cancellation))
        {
            await book.SaveAsync(cancellation);
        }

        return await CommitAsync(book, id, cancellation);
    }

    // No text is encrypted twice to the same letters, so this is the same request again.
    private Task<Guid?> FindSameAsync(LockedBook book, GroupDraft draft, CancellationToken cancellation)
    {
        var hash = draft.NameHash;
        return Groups(book).Where(one => one.NameHash == hash).Select(one => (Guid?)one.GroupId).SingleOrDefaultAsync(cancellation);
    }

    private static void Demand(Caller caller, GroupDraft draft, Guid? id)
    {
        Rules.Demand(GroupRules.Standard, draft);
        if (draft.OwnerId is not null && draft.OwnerId != caller.User && draft.OwnerId != "me")
        {
            throw MemberErrors.Of("ownerId", "Groups are the caller's own.");
        }

        if (id is not null && draft.GroupId is not null && !string.Equals(draft.GroupId, id.Value.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw MemberErrors.Of("groupId", "It is not the one in the address, and cannot be changed.");
        }
    }

    private static void Fill(Group group, LockedBook book, GroupDraft draft, DateTime now)
    {
        group.Body = GroupView.Body(book.Key, group.GroupId, draft);
        group.NameHash = draft.NameHash;
        group.DisplayName = Fold.Text(draft.DisplayName!);
        group.GroupType = draft.StoredType;
        group.EncryptionKeyUrl = draft.EncryptionKeyUrl is null ? null : Fold.Text(draft.EncryptionKeyUrl);
        group.IsMigration = draft.IsMigration;
        group.IsEncrypted = draft.IsEncrypted;
        group.Extra ??= draft.Extra;
        group.Version = book.NextVersion;
        group.LastModified = now;
    }

    private async Task<GroupView> FinishAsync(LockedBook book, Guid id, GroupDraft draft, CancellationToken cancellation)
    {
        try
        {
            await book.SaveAsync(cancellation);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { ConstraintName: GroupTable.NameUnique })
        {
            await session.DisposeAsync();
            throw await NameTakenAsync(book, draft, cancellation);
        }

        await book.AdoptDefaultGroupAsync(id, cancellation);
        if (draft.Members is not null)
        {
            await membership.SetAsync(book, id, draft.Members, cancellation);
        }

        return await CommitAsync(book, id, cancellation);
    }

    private async Task<GroupView> CommitAsync(LockedBook book, Guid id, CancellationToken cancellation)
    {
        var view = await GroupReads.FindAsync(session, book.Key, id, cancellation);
        await book.CommitAsync(cancellation);
        return view!;
    }

    private async Task<ProblemException> NameTakenAsync(LockedBook book, GroupDraft draft, CancellationToken cancellation)
    {
        var taken = await reads.FindByNameAsync(book.Key, draft.NameHash, cancellation);
        return new ProblemException(Problems.GroupNameTaken, "Names are compared without regard to case; use that group or another name.")
        {
            Errors = { ["displayName"] = ["A group of your book is called so."] },
            Extensions = { ["groupId"] = taken.ToString() },
        };
    }
}
