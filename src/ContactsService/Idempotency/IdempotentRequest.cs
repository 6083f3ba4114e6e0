using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Idempotency;

/// <summary>A request with an <c>Idempotency-Key</c>: its identity, and the encryption of its stored answer.</summary>
internal sealed record IdempotentRequest(BookKey Book, string Key, byte[] KeyHash, byte[] RequestHash)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MaxKeyLength = 255;

    // The first byte of a compressed answer; JSON begins with a brace.
    private const byte Compressed = 1;

    private const byte HeadEnd = (byte)'\n';

    /// <exception cref="ProblemException"><c>invalid-header</c>.</exception>
    public static IdempotentRequest Of(HttpContext http, JsonBody body)
    {
        var header = http.Request.Headers[IdempotentRoutes.Header];
        string? key = header;
        if (string.IsNullOrEmpty(key) || key.EnumerateRunes().Count() > MaxKeyLength || header.Count > 1)
        {
            throw new ProblemException(
                Problems.InvalidHeader, $"{IdempotentRoutes.Header} must be a single string of 1 to {MaxKeyLength} characters.");
        }

        var request = http.Request;
        var address = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return new(
            http.Features.Get<Caller>()!.Own,
            key,
            SHA256.HashData(Encoding.UTF8.GetBytes(key)),
            SHA256.HashData([.. address, .. body.Bytes.Span]));
    }

    /// <summary>
    /// Encrypts an answer with the key itself, of which only the hash is stored. The answer may contain the secret of a new token.
    /// </summary>
    public byte[] Encrypt(Answer answer)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new StoredAnswer(answer.Status, answer.ETag, answer.Location, answer.ContentType, Body: []));
        var plain = Compress([.. head, HeadEnd, .. answer.Body.Span]);
        var encrypted = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = encrypted.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher();
        cipher.Encrypt(nonce, plain, encrypted.AsSpan(NonceBytes + TagBytes), encrypted.AsSpan(NonceBytes, TagBytes));
        return encrypted;
    }

    public Answer Decrypt(byte[] encrypted)
    {
        var plain = new byte[encrypted.Length - NonceBytes - TagBytes];
        using var cipher = Cipher();
        cipher.Decrypt(
            encrypted.AsSpan(0, NonceBytes), encrypted.AsSpan(NonceBytes + TagBytes), encrypted.AsSpan(NonceBytes, TagBytes), plain);
        if (plain[0] != Compressed)
        {
            return ToAnswer(plain, body: null); // versions before stored JSON with the body in it
        }

        var whole = Decompress(plain);
        var end = Array.IndexOf(whole, HeadEnd); // JSON has no line feed in it
        return ToAnswer(whole.AsSpan(0, end), whole[(end + 1)..]);
    }

    private static Answer ToAnswer(ReadOnlySpan<byte> head, byte[]? body)
    {
        var stored = JsonSerializer.Deserialize<StoredAnswer>(head)!;
        return new Answer(stored.Status, body ?? stored.Body)
        {
            ETag = stored.ETag,
            Location = stored.Location,
            ContentType = stored.ContentType,
        };
    }

    // Before it is encrypted: ciphertext does not compress. The caller could learn nothing but the size of the own answer.
    private static byte[] Compress(byte[] plain)
    {
        var compressed = new byte[1 + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        compressed[0] = Compressed;
        BrotliEncoder.TryCompress(plain, compressed.AsSpan(1), out var length, quality: 1, window: 18);
        return compressed[..(1 + length)];
    }

    private static byte[] Decompress(byte[] stored)
    {
        using var source = new BrotliStream(new MemoryStream(stored, 1, stored.Length - 1), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        source.CopyTo(plain);
        return plain.ToArray();
    }

    private AesGcm Cipher() =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Key), 32, info: Book.Id.ToByteArray()), TagBytes);

    private sealed record StoredAnswer(int Status, string? ETag, string? Location, string ContentType, byte[] Body);
}
