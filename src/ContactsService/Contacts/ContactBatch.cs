using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Groups;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>
/// The contacts of a locked book in memory, and of the organization's. Each operation does what <see cref="ContactWriter"/> does alone, or
/// throws and changes nothing; <see cref="ContactBatchStatements"/> store the outcome. Not safe for several threads.
/// </summary>
/// <param name="caller">The caller.</param>
/// <param name="limits">The limit of what is stored.</param>
/// <param name="own">The caller's book.</param>
/// <param name="groups">Its groups, and the contacts in them.</param>
internal sealed class ContactBatch(Caller caller, RequestLimits limits, BookBatch own, GroupBatch groups)
{
    // A patch of a few bytes may concern a contact of 256 KiB; a thousand of them, as they were and as they become, are too much memory.
    private const int MaxKeptBytes = 32 * 1024 * 1024;

    private readonly Dictionary<string, BatchContact> organization = new(StringComparer.Ordinal);
    private int keptBytes;

    /// <summary>The organization's book; null unless it is locked.</summary>
    public BookBatch? Shared { get; set; }

    /// <summary>True when one of these is a contact of the organization that an admin may write.</summary>
    public bool MayWriteOrganization(IEnumerable<string> ids) =>
        caller.MayWriteOrganization && ids.Any(id => organization.TryGetValue(id, out var entry) && !entry.IsCloud);

    /// <summary>Contacts of the organization as they are now, of those that were read or added.</summary>
    public IEnumerable<BatchContact> Organization => organization.Values;

    /// <summary>Contacts of the organization that the table has and that were deleted.</summary>
    public List<string> RemovedOrganization { get; } = [];

    /// <summary>Reads contacts of the caller's book, by <see cref="ContactBatchStatements.Read"/>.</summary>
    public Task ReadOwnAsync(NpgsqlDataReader reader) => ReadAsync(reader, groups.Take);

    /// <summary>Reads contacts of the organization, by <see cref="ContactBatchStatements.Read"/>. It may be repeated.</summary>
    public Task ReadOrganizationAsync(NpgsqlDataReader reader)
    {
        keptBytes -= organization.Values.Sum(contact => contact.Body.Length);
        organization.Clear();
        return ReadAsync(reader, contact => organization.Add(contact.ContactId, contact));
    }

    /// <summary>Reads members of groups, by <see cref="ContactBatchStatements.ReadMembers"/>.</summary>
    public async Task ReadMembersAsync(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync(CancellationToken.None))
        {
            groups.Take(new(reader.GetString(0)) { Groups = reader.GetFieldValue<Guid[]>(1), IsStored = true });
        }
    }

    /// <summary>As <see cref="ContactWriter.AddAsync(Caller, ContactDraft, CancellationToken)"/>, for a draft that was checked.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public ContactView Add(ContactDraft draft) =>
        Add(ContactTarget.Book(caller, draft), draft.ContactId ?? Guid.CreateVersion7().ToString(), draft);

    /// <summary>As <see cref="ContactWriter.PutAsync"/>, for a draft that was checked.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public (ContactView Contact, bool IsNew, bool IsUnchanged) Put(string id, ContactDraft draft, Precondition precondition)
    {
        if (draft.IsCustom && !precondition.OnlyCreates && ContactTarget.IsFor(draft, caller, caller.Own))
        {
            _ = ContactTarget.Groups(caller.Own, draft); // refused before anything that depends on what is there
        }

        if (Find(id) is not { } found)
        {
            precondition.RequireNothing();
            return (Add(ContactTarget.Book(caller, draft), id, draft), true, false);
        }

        if (precondition.OnlyCreates)
        {
            throw ContactChecks.AlreadyThere(caller, found);
        }

        if (found is { IsOwn: false, IsCloud: true } && !draft.IsCustom)
        {
            ContactChecks.RequireCurrent(caller, found, precondition);
            var filed = ContactChecks.OwnerFields(found, draft);
            return (Add(ContactTarget.Book(caller, filed), id, filed), true, false);
        }

        if (found.IsOwn && found.IsCloud == draft.IsCustom)
        {
            throw ContactChecks.Contradiction(caller, found, draft);
        }

        RequireWritable(found, precondition);
        var (contact, isUnchanged) = Replace(found, draft);
        return (contact, false, isUnchanged);
    }

    /// <summary>As <see cref="ContactWriter.PatchAsync"/>.</summary>
    /// <param name="id">The contact.</param>
    /// <param name="read">Reads what the contact is when the patch has been applied.</param>
    /// <param name="precondition">The condition on its version.</param>
    /// <exception cref="ProblemException">The same.</exception>
    public (ContactView Contact, bool IsUnchanged)? Patch(string id, Func<ContactView, ContactDraft> read, Precondition precondition)
    {
        if (Find(id) is not { } found)
        {
            return null;
        }

        RequireWritable(found, precondition);
        return Replace(found, ContactChecks.Require(id, read(found)));
    }

    /// <summary>As <see cref="ContactWriter.RemoveAsync(Caller, string, Precondition, CancellationToken)"/>.</summary>
    /// <exception cref="ProblemException">The same.</exception>
    public bool Remove(string id, Precondition precondition)
    {
        if (Find(id) is not { } found)
        {
            return false;
        }

        RequireWritable(found, precondition);
        if (found.IsOwn)
        {
            own.Step();
            groups.RemoveContact(groups.Find(id)!);
            return true;
        }

        Shared!.Step();
        Shared.Bury("contact", id);
        organization.Remove(id, out var removed);
        if (removed!.IsStored)
        {
            RemovedOrganization.Add(id);
        }

        return true;
    }

    private async Task ReadAsync(NpgsqlDataReader reader, Action<BatchContact> take)
    {
        while (await reader.ReadAsync(CancellationToken.None))
        {
            var contact = ContactBatchStatements.Row(reader);
            Keep(contact.Body);
            take(contact);
        }
    }

    private void Keep(byte[] body)
    {
        if (keptBytes + body.Length > MaxKeptBytes)
        {
            throw new ProblemException(
                Problems.BodyTooLarge,
                $"The contacts of the operations, as they were and are, have more than {MaxKeptBytes} bytes. Send fewer at once.");
        }

        keptBytes += body.Length;
    }

    private ContactView? Find(string id) =>
        BatchContact.View(groups.Find(id) as BatchContact, organization.GetValueOrDefault(id));

    private void RequireWritable(ContactView found, Precondition precondition)
    {
        ContactChecks.RequireWritable(caller, found);
        ContactChecks.RequireCurrent(caller, found, precondition);
    }

    private ContactView Add(BookKey book, string id, ContactDraft draft)
    {
        var asked = ContactTarget.Groups(book, draft);
        var body = ContactChecks.Body(limits, book, id, draft);
        if (!groups.HasAll(asked))
        {
            throw ContactTarget.UnknownGroups();
        }

        if (book.IsShared ? organization.ContainsKey(id) : groups.Find(id) is not null)
        {
            throw ContactChecks.Exists(id);
        }

        Keep(body);
        if (book.IsShared)
        {
            Shared!.Step();
            var entry = NewRow(Shared, id, draft, body, []);
            Touch(entry);
            organization.Add(id, entry);
            return BatchContact.View(null, entry)!;
        }

        groups.CreateDefaultGroup();
        own.Step();
        groups.AddContact(NewRow(own, id, draft, body, Place(asked)));
        return Find(id)!;
    }

    private (ContactView Contact, bool IsUnchanged) Replace(ContactView found, ContactDraft change)
    {
        var draft = ContactChecks.OwnerFields(found, change);
        var book = found.Book(caller);
        if (!ContactTarget.IsFor(draft, caller, book))
        {
            throw ContactChecks.Contradiction(caller, found, draft);
        }

        var asked = ContactTarget.Groups(book, draft);
        var body = ContactChecks.Body(limits, book, found.ContactId, draft);
        if (found.IsCloud == draft.IsCustom || !groups.HasAll(asked))
        {
            throw ContactChecks.Contradiction(caller, found, draft);
        }

        if (IsSame(found, body) && (book.IsShared || Place(asked).ToHashSet().SetEquals(found.Groups)))
        {
            return (found, true);
        }

        var row = found.IsOwn ? (BatchContact)groups.Find(found.ContactId)! : organization[found.ContactId];
        Keep(body);
        row.Body = body;
        row.Draft = draft;
        if (found.IsOwn)
        {
            own.Step();
            groups.MoveContact(row, Place(asked));
        }
        else
        {
            Shared!.Step();
            Touch(row);
        }

        return (Find(found.ContactId)!, false);
    }

    // What callers see of it.
    private bool IsSame(ContactView found, byte[] body) =>
        (found.DirectoryVersion is null ? body : DirectoryOverlay.Merge(organization[found.ContactId].Body, body))
        .AsSpan().SequenceEqual(found.Body);

    private Guid[] Place(Guid[] asked) => asked.Length > 0 ? asked : [own.DefaultGroupId!.Value];

    private static BatchContact NewRow(BookBatch book, string id, ContactDraft draft, byte[] body, Guid[] place) => new(id)
    {
        IsCloud = !draft.IsCustom,
        Body = body,
        Resolved = draft.IsCustom ? null : false,
        Groups = place,
        Created = book.Now,
        Draft = draft,
    };

    private void Touch(BatchContact entry)
    {
        entry.Version = Shared!.Version;
        entry.LastModified = Shared.Now;
        entry.IsChanged = true;
    }
}
