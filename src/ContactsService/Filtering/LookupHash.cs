using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Filtering;

/// <summary>The hash by which the lookup index finds one entry of one attribute in one book.</summary>
internal static class LookupHash
{
    /// <summary>The hash of an entry that is normalised as the column is.</summary>
    public static long Of(Guid bookId, string column, string entry)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{bookId}{column}:{entry}"), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
