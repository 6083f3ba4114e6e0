namespace ContactsService.Client;

/// <summary>
/// What to change of a group (JSON Merge Patch, RFC 7396). A property that is never assigned stays as it is, one that is assigned null is
/// unset. Not to be changed while it is sent.
/// </summary>
public sealed class GroupPatch
{
    internal PatchMembers Changes { get; } = new();

    /// <summary>The name; cannot be unset.</summary>
    public string? DisplayName { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>One of <see cref="GroupTypes"/>; null makes it NORMAL.</summary>
    public string? GroupType { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The key that encrypts the name.</summary>
    public string? EncryptionKeyUrl { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Whether it was brought over from another system.</summary>
    public bool? IsMigration { get => Changes.Flag(); set => Changes.Set(value); }

    /// <summary>Ids of all contacts that are to be in it.</summary>
    public IReadOnlyList<string>? Members { get => Changes.Get<IReadOnlyList<string>>(); set => Changes.Set(value); }
}
