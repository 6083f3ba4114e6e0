using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Books;

/// <summary>
/// Names one contact book: the personal book of a user, or the shared book of an organization.
/// The id is computed from (organization, owner), so that no query has to look it up first and no index needs both.
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

    /// <summary>What every key and index leads with: a UUID version 8 (RFC 9562, 5.8) made of a SHA-256.</summary>
    public Guid Id { get; }

    /// <summary>The wall between organizations: part of every WHERE, although the id implies it.</summary>
    public string Organization { get; }

    /// <summary>A user id, or the organization's own id for the shared book.</summary>
    public string OwnerId { get; }

    /// <summary>The id as text.</summary>
    public string PartitionKey { get; }

    /// <summary>Eight hex digits that keep the ETags of two books apart.</summary>
    public string Tag { get; }

    /// <summary>True for the organization's book, whose contacts have no groups.</summary>
    public bool IsShared => string.Equals(OwnerId, Organization, StringComparison.Ordinal);

    /// <summary>The book of one owner; the same user id in two organizations names two books.</summary>
    public static BookKey Of(string organization, string ownerId)
    {
        // Neither id can hold a line feed, so no two pairs give the same bytes.
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{ownerId}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash[..16], bigEndian: true), organization, ownerId);
    }
}
