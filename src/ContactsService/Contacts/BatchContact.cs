using ContactsService.Groups;

namespace ContactsService.Contacts;

/// <summary>A contact in a <see cref="ContactBatch"/>: a row of one book.</summary>
/// <param name="contactId">Its id.</param>
internal sealed class BatchContact(string contactId) : BatchMember(contactId)
{
    /// <summary>True for <c>CLOUD</c>.</summary>
    public required bool IsCloud { get; init; }

    /// <summary>Ready members.</summary>
    public required byte[] Body { get; set; }

    /// <summary>The column of this name.</summary>
    public bool? Resolved { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>What is to be stored; null when the contents stay as they are.</summary>
    public ContactDraft? Draft { get; set; }

    /// <summary>
    /// The contact that a caller sees, as <see cref="VisibleContacts"/> selects it: the own one, which shows what the directory says, else
    /// the organization's.
    /// </summary>
    /// <param name="mine">The row of the caller's book.</param>
    /// <param name="entry">The row of the organization's book.</param>
    public static ContactView? View(BatchContact? mine, BatchContact? entry)
    {
        if (mine is null)
        {
            return entry is null or { Resolved: false } ? null : entry.Show(isOwn: false);
        }

        return mine.IsCloud && entry?.IsCloud == true ? mine.ShowWith(entry) : mine.Show(isOwn: true);
    }

    private ContactView Show(bool isOwn) =>
        new(ContactId, isOwn, Body, Groups, Resolved, Version, Created, LastModified, IsCloud);

    private ContactView ShowWith(BatchContact entry) => new(
        ContactId,
        IsOwn: true,
        DirectoryOverlay.Merge(entry.Body, Body),
        Groups,
        entry.Resolved,
        Version,
        Created,
        LastModified > entry.LastModified ? LastModified : entry.LastModified,
        IsCloud: true,
        entry.Version);
}
