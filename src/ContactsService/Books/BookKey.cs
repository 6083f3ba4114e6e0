using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Books;

/// <summary>
/// Identifies a book: the address book of a user, or the shared book of an organization. The id is computed from organization and owner, so
/// queries need no lookup and indexes need only the id.
/// </summary>
internal sealed record BookKey
{
    private BookKey(Guid id, string organization, string ownerId)
    {
        Id = id;
        Organization = organization;
        OwnerId = ownerId;
        PartitionKey = id.ToString("N");
        Tag = PartitionKey[..8];
    }

    /// <summary>The first column of every key and index: a UUID version 8 (RFC 9562, 5.8) made from a SHA-256.</summary>
    public Guid Id { get; }

    /// <summary>The tenant. Every WHERE contains it as a second barrier between organizations, although the id implies it.</summary>
    public string Organization { get; }

    /// <summary>The id of a user, or the organization's own id for the shared book.</summary>
    public string OwnerId { get; }

    /// <summary>The id as text.</summary>
    public string PartitionKey { get; }

    /// <summary>Eight hexadecimal digits that distinguish the ETags of two books.</summary>
    public string Tag { get; }

    /// <summary>True for the organization's book, whose contacts have no groups.</summary>
    public bool IsShared => string.Equals(OwnerId, Organization, StringComparison.Ordinal);

    /// <summary>Returns the key of an owner's book. The same user id in two organizations names two books.</summary>
    public static BookKey Of(string organization, string ownerId)
    {
        // Ids contain no line feed, so different pairs give different bytes.
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{ownerId}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash[..16], bigEndian: true), organization, ownerId);
    }
}
