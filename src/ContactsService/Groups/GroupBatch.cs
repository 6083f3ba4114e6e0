using System.Text;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>
/// The groups of a locked book in memory. Each operation does what <see cref="GroupWriter"/> does alone, or throws and changes nothing;
/// <see cref="GroupBatchStatements"/> store the outcome. Not safe for several threads.
/// </summary>
internal sealed class GroupBatch(Caller caller, BookBatch book)
{
    /// <summary>
    /// The most ids of members in all answers of a batch. Answers beyond have only <c>memberCount</c>, so that they are not many times as
    /// long as the book.
    /// </summary>
    public const int MaxShownMembers = 100_000;

    private const int MaxGroups = 100;

    private readonly Dictionary<Guid, BatchGroup> groups = [];
    private readonly Dictionary<string, BatchGroup> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BatchMember> members = new(StringComparer.Ordinal);
    private int shownMembers;

    /// <summary>The groups as they are now.</summary>
    public IEnumerable<BatchGroup> Groups => groups.Values;

    /// <summary>Groups that the table has and that were deleted.</summary>
    public List<Guid> RemovedGroups { get; } = [];

    /// <summary>The contacts as they are now, of those that were read or added.</summary>
    public IEnumerable<BatchMember> Members => members.Values;

    /// <summary>Contacts that the table has and that were deleted.</summary>
    public List<string> RemovedMembers { get; } = [];

    /// <summary>Reads the groups, by <see cref="GroupBatchStatements.Read"/>.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync(CancellationToken.None))
        {
            Insert(new BatchGroup(GroupBatchStatements.Row(reader, book.Key)) { IsStored = true });
        }
    }

    /// <summary>Which of these groups the book has, with at most so many contacts.</summary>
    public IEnumerable<Guid> Known(IEnumerable<Guid> ids, int maxMembers) =>
        ids.Where(id => groups.TryGetValue(id, out var group) && group.Row.MemberCount <= maxMembers);

    /// <summary>Takes a contact that was read, unless it is known.</summary>
    public void Take(BatchMember member) => members.TryAdd(member.ContactId, member);

    /// <summary>Lists the contacts of groups all of whose contacts were taken.</summary>
    public void Track(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            groups[id].Members = new(StringComparer.Ordinal);
        }

        foreach (var member in members.Values)
        {
            foreach (var id in member.Groups)
            {
                groups[id].Members?.Add(member.ContactId);
            }
        }
    }

    /// <summary>A contact of the book; null when there is none, or when it was not read.</summary>
    public BatchMember? Find(string contactId) => members.GetValueOrDefault(contactId);

    /// <summary>As <see cref="GroupWriter.AddAsync(Caller, GroupDraft, CancellationToken)"/>, for a draft that was checked.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public GroupView Add(Guid id, GroupDraft draft)
    {
        RequireFreeName(id, draft);
        var joining = RequireMembers(null, draft.Members ?? []);
        if (!draft.MayBecomeDefault)
        {
            CreateDefaultGroup();
        }

        book.Step();
        var group = new BatchGroup(NewRow(id)) { Members = new(StringComparer.Ordinal) };
        Replace(group, draft);
        groups.Add(id, group);
        book.DefaultGroupId ??= id;
        Move(group, joining.Joining, []);
        return View(group);
    }

    /// <summary>As <see cref="GroupWriter.PutAsync"/>, for a draft that was checked.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public (GroupView Group, bool IsNew, bool IsUnchanged) Put(Guid id, GroupDraft draft, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group))
        {
            precondition.RequireNothing();
            return (Add(id, draft), true, false);
        }

        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        if (precondition.OnlyCreates)
        {
            throw GroupChecks.Stale(book.Key, group.Row.Version);
        }

        var isChanged = Change(group, draft);
        return (View(group), false, !isChanged);
    }

    /// <summary>As <see cref="GroupWriter.PatchAsync"/>.</summary>
    /// <param name="id">The group.</param>
    /// <param name="read">Reads what the group is when the patch has been applied.</param>
    /// <param name="precondition">The condition on its version.</param>
    /// <exception cref="ProblemException">The same.</exception>
    public (GroupView Group, bool IsUnchanged)? Patch(Guid id, Func<Group, GroupDraft> read, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group))
        {
            return null;
        }

        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        var draft = read(group.Row);
        GroupChecks.Require(caller, draft, id);
        var isChanged = Change(group, draft);
        return (View(group), !isChanged);
    }

    /// <summary>As <see cref="GroupWriter.RemoveAsync"/>.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public bool Remove(Guid id, bool deletesContacts, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group))
        {
            return false;
        }

        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        var wasDefault = book.DefaultGroupId == id;
        if (wasDefault)
        {
            GroupChecks.RequireEmpty(group.Row);
        }

        book.Step();
        Empty(group, deletesContacts);
        groups.Remove(id);
        byName.Remove(Name(group));
        book.Bury("group", id.ToString());
        if (group.IsStored)
        {
            RemovedGroups.Add(id);
        }

        if (wasDefault)
        {
            book.DefaultGroupId = null;
            if (groups.Count > 0)
            {
                CreateDefaultGroup(); // a book that is not empty has a default group
            }
        }

        return true;
    }

    /// <summary>As <see cref="GroupWriter.ChangeMembersAsync"/>.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public GroupView? ChangeMembers(Guid id, MembershipDraft draft, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group))
        {
            return null;
        }

        var unknown = Unknown([.. draft.Add, .. draft.Remove]);
        RequireOtherGroup(group, draft.Remove, unknown);
        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        GroupChecks.RequireKnown("add", draft.Add, unknown);
        GroupChecks.RequireKnown("remove", draft.Remove, unknown);
        var joining = Joining(group, draft.Add);
        var leaving = draft.Remove.Where(contact => IsIn(group, contact)).Distinct(StringComparer.Ordinal).ToList();
        if (joining.Count + leaving.Count > 0)
        {
            book.Step();
            Move(group, joining, leaving);
        }

        return View(group);
    }

    /// <summary>As <see cref="GroupWriter.AddMemberAsync"/>.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public (long Version, bool IsUnchanged)? AddMember(Guid id, string contactId, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group) || Find(contactId) is null)
        {
            return null;
        }

        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        var joining = Joining(group, [contactId]);
        if (joining.Count > 0)
        {
            book.Step();
            Move(group, joining, []);
        }

        return (group.Row.Version, joining.Count == 0);
    }

    /// <summary>As <see cref="GroupWriter.RemoveMemberAsync"/>.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public long? RemoveMember(Guid id, string contactId, Precondition precondition)
    {
        if (!groups.TryGetValue(id, out var group) || Find(contactId) is null)
        {
            return null;
        }

        RequireOtherGroup(group, [contactId], []);
        GroupChecks.RequireCurrent(book.Key, precondition, group.Row.Version);
        if (!IsIn(group, contactId))
        {
            return null;
        }

        book.Step();
        Move(group, [], [contactId]);
        return group.Row.Version;
    }

    /// <summary>True when the book has all of these groups.</summary>
    public bool HasAll(IEnumerable<Guid> ids) => ids.All(groups.ContainsKey);

    /// <summary>Creates the default group by a write of its own, if the book has none. See <see cref="DefaultGroup"/>.</summary>
    public void CreateDefaultGroup()
    {
        if (book.DefaultGroupId is not null)
        {
            return;
        }

        book.Step();
        var draft = new GroupDraft { DisplayName = DefaultGroup.Name };
        if (byName.TryGetValue(Convert.ToHexString(draft.NameHash), out var group))
        {
            Touch(group);
        }
        else
        {
            group = new(NewRow(Guid.CreateVersion7())) { Members = new(StringComparer.Ordinal) };
            Replace(group, draft);
            groups.Add(group.Row.GroupId, group);
        }

        book.DefaultGroupId = group.Row.GroupId;
    }

    /// <summary>Adds a contact, in the current write.</summary>
    public void AddContact(BatchMember member)
    {
        members.Add(member.ContactId, member);
        Count(member, [], member.Groups);
        Touch(member);
    }

    /// <summary>Moves a contact, in the current write.</summary>
    public void MoveContact(BatchMember member, Guid[] to)
    {
        Count(member, member.Groups, to);
        member.Groups = to;
        Touch(member);
    }

    /// <summary>Deletes a contact, in the current write.</summary>
    public void RemoveContact(BatchMember member)
    {
        members.Remove(member.ContactId);
        Count(member, member.Groups, []);
        book.Bury("contact", member.ContactId);
        if (member.IsStored)
        {
            RemovedMembers.Add(member.ContactId);
        }
    }

    private void Insert(BatchGroup group)
    {
        groups.Add(group.Row.GroupId, group);
        byName.Add(Name(group), group);
    }

    private static string Name(BatchGroup group) => Convert.ToHexString(group.Row.NameHash);

    private Group NewRow(Guid id) => new()
    {
        BookId = book.Key.Id,
        Organization = book.Key.Organization,
        GroupId = id,
        Body = "",
        NameHash = [],
        DisplayName = "",
        GroupType = "",
        Created = book.Now,
    };

    private void RequireFreeName(Guid id, GroupDraft draft)
    {
        if (byName.TryGetValue(Convert.ToHexString(draft.NameHash), out var same) && same.Row.GroupId != id)
        {
            throw GroupChecks.NameTaken(same.Row.GroupId);
        }
    }

    private bool Change(BatchGroup group, GroupDraft draft)
    {
        RequireFreeName(group.Row.GroupId, draft);
        var (joining, leaving) = draft.Members is null ? ([], []) : RequireMembers(group, draft.Members);
        if (joining.Count + leaving.Count == 0 && group.Row.Body == GroupView.Body(book.Key, group.Row.GroupId, draft))
        {
            return false;
        }

        book.Step();
        Replace(group, draft);
        Move(group, joining, leaving);
        return true;
    }

    private void Replace(BatchGroup group, GroupDraft draft)
    {
        byName.Remove(Name(group));
        group.Row.Replace(book.Key, draft);
        group.IsReplaced = true;
        byName.Add(Name(group), group);
        Touch(group);
    }

    private void Empty(BatchGroup group, bool deletesContacts)
    {
        foreach (var member in (group.Members ?? []).Select(id => members[id]).ToList())
        {
            if (deletesContacts && member.Groups.Length == 1)
            {
                RemoveContact(member);
            }
            else
            {
                MoveContact(member, Without(member, group));
            }
        }
    }

    // Who joins and who leaves when these become the only members.
    private (List<string> Joining, List<string> Leaving) RequireMembers(BatchGroup? group, IReadOnlyList<string> ids)
    {
        var unknown = Unknown(ids);
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var leaving = (group?.Members ?? []).Where(contact => !wanted.Contains(contact)).ToList();
        RequireOtherGroup(group, leaving, unknown);
        GroupChecks.RequireKnown("members", ids, unknown);
        return (Joining(group, ids), leaving);
    }

    private HashSet<string> Unknown(IReadOnlyList<string> ids) =>
        ids.Where(id => !members.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);

    private void RequireOtherGroup(BatchGroup? group, IReadOnlyList<string> leaving, HashSet<string> unknown)
    {
        if (unknown.Count > 0 || group is null || book.DefaultGroupId != group.Row.GroupId)
        {
            return;
        }

        if (leaving.FirstOrDefault(contact => members[contact].Groups is [var only] && only == group.Row.GroupId) is { } last)
        {
            throw GroupChecks.LastGroup(last);
        }
    }

    private List<string> Joining(BatchGroup? group, IReadOnlyList<string> ids)
    {
        var joining = ids.Where(contact => group is null || !IsIn(group, contact)).Distinct(StringComparer.Ordinal).ToList();
        return joining.Exists(contact => members[contact].Groups.Length >= MaxGroups) ? throw GroupChecks.GroupLimit() : joining;
    }

    private bool IsIn(BatchGroup group, string contactId) => members[contactId].Groups.Contains(group.Row.GroupId);

    private void Move(BatchGroup group, List<string> joining, List<string> leaving)
    {
        foreach (var member in joining.Select(id => members[id]))
        {
            MoveContact(member, [.. member.Groups, group.Row.GroupId]);
        }

        foreach (var member in leaving.Select(id => members[id]))
        {
            MoveContact(member, Without(member, group));
        }
    }

    // Contacts in no other group move to the default group.
    private Guid[] Without(BatchMember member, BatchGroup group) =>
        member.Groups.Length == 1 ? [book.DefaultGroupId!.Value] : [.. member.Groups.Where(id => id != group.Row.GroupId)];

    private void Count(BatchMember member, Guid[] before, Guid[] after)
    {
        foreach (var group in before.Except(after).Select(id => groups[id]))
        {
            group.Row.MemberCount--;
            group.Members?.Remove(member.ContactId);
            Touch(group);
        }

        foreach (var group in after.Except(before).Select(id => groups[id]))
        {
            group.Row.MemberCount++;
            group.Members?.Add(member.ContactId);
            Touch(group);
        }
    }

    private void Touch(BatchGroup group)
    {
        group.Row.Version = book.Version;
        group.Row.LastModified = book.Now;
        group.IsChanged = true;
    }

    private void Touch(BatchMember member)
    {
        member.Version = book.Version;
        member.LastModified = book.Now;
        member.IsChanged = true;
    }

    private GroupView View(BatchGroup group) => new(
        group.Row.GroupId,
        Encoding.UTF8.GetBytes(group.Row.Body),
        group.Row.Version,
        group.Row.Created,
        group.Row.LastModified,
        book.DefaultGroupId == group.Row.GroupId,
        group.Row.MemberCount,
        ShownMembers(group));

    // As GroupReader reads them.
    private byte[]? ShownMembers(BatchGroup group)
    {
        if (group.Members is not { } ids || shownMembers + ids.Count > MaxShownMembers)
        {
            return null;
        }

        shownMembers += ids.Count;
        return Encoding.UTF8.GetBytes(string.Join(',', ids.Order(StringComparer.Ordinal).Select(id => $"\"{id}\"")));
    }
}
