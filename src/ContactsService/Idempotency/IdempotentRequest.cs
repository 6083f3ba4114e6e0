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
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            new StoredAnswer(answer.Status, answer.ETag, answer.Location, answer.ContentType, answer.Body.ToArray()));
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
        var stored = JsonSerializer.Deserialize<StoredAnswer>(plain)!;
        return new Answer(stored.Status, stored.Body) { ETag = stored.ETag, Location = stored.Location, ContentType = stored.ContentType };
    }

    private AesGcm Cipher() =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Key), 32, info: Book.Id.ToByteArray()), TagBytes);

    private sealed record StoredAnswer(int Status, string? ETag, string? Location, string ContentType, byte[] Body);
}
