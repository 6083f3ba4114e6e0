using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Access;

/// <summary>A secret that all instances share. It seals what callers keep and give back, such as tokens of changes.</summary>
internal sealed class ServiceKey
{
    private const int IdBytes = 2;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = IdBytes + NonceBytes;

    private byte[]? derived;

    /// <summary>1 to 65535. What is sealed begins with it.</summary>
    public int KeyId { get; init; }

    /// <summary>32 random bytes.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>Encrypts and authenticates a text (AES-256-GCM). Equal texts give equal results.</summary>
    /// <param name="purpose">What it is for: what was sealed for another purpose is not opened.</param>
    /// <param name="book">The book of the caller that it is bound to.</param>
    /// <param name="text">The text.</param>
    public byte[] Seal(string purpose, Guid book, ReadOnlySpan<byte> text)
    {
        var bound = Bound(purpose, book);
        var data = new byte[HeadBytes + text.Length + TagBytes];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)KeyId);
        var nonce = data.AsSpan(IdBytes, NonceBytes);
        // Made of the text instead of random numbers, of which the same could come twice when billions are sealed.
        HMACSHA256.HashData(Derived.AsSpan(32), (byte[])[.. bound, .. text]).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(Derived.AsSpan(0, 32), TagBytes);
        aes.Encrypt(nonce, text, data.AsSpan(HeadBytes, text.Length), data.AsSpan(HeadBytes + text.Length), bound);
        return data;
    }

    /// <summary>The id of the key that sealed these bytes; 0 when they are too short.</summary>
    public static int IdOf(ReadOnlySpan<byte> data) => data.Length < HeadBytes + TagBytes ? 0 : BinaryPrimitives.ReadUInt16BigEndian(data);

    /// <summary>Returns the text; null when it was not sealed with this key for this purpose and book.</summary>
    public byte[]? Open(string purpose, Guid book, ReadOnlySpan<byte> data)
    {
        var text = new byte[data.Length - HeadBytes - TagBytes];
        using var aes = new AesGcm(Derived.AsSpan(0, 32), TagBytes);
        try
        {
            aes.Decrypt(data.Slice(IdBytes, NonceBytes), data.Slice(HeadBytes, text.Length), data[^TagBytes..], text, Bound(purpose, book));
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Makes 32 bytes for a purpose, the same each time, which tell nothing about the key.</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, Secret, 32, Encoding.UTF8.GetBytes(purpose));

    // One half encrypts, the other makes nonces.
    private byte[] Derived => derived ??= HKDF.Expand(HashAlgorithmName.SHA256, Secret, 64, "contacts-service seal"u8.ToArray());

    private static byte[] Bound(string purpose, Guid book) => [.. Encoding.UTF8.GetBytes(purpose), 0, .. book.ToByteArray(bigEndian: true)];
}
