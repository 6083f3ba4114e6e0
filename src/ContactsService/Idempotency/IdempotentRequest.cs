using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Idempotency;

/// <summary>A request with an <c>Idempotency-Key</c>: what identifies it, and the cipher of its kept answer.</summary>
internal sealed record IdempotentRequest(BookKey Book, string Key, byte[] KeyHash, byte[] RequestHash)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MaxKeyLength = 255;

    /// <summary>Reads the header of a request.</summary>
    /// <exception cref="ProblemException"><c>invalid-header</c>.</exception>
    public static IdempotentRequest Of(HttpContext http, JsonBody body)
    {
        string? key = http.Request.Headers[IdempotentRoutes.Header];
        if (string.IsNullOrEmpty(key) || key.EnumerateRunes().Count() > MaxKeyLength || http.Request.Headers[IdempotentRoutes.Header].Count > 1)
        {
            throw new ProblemException(Problems.InvalidHeader, $"{IdempotentRoutes.Header} is one string of 1 to {MaxKeyLength} characters.");
        }

        var request = http.Request;
        var address = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return new(
            http.Features.Get<Caller>()!.Own,
            key,
            SHA256.HashData(Encoding.UTF8.GetBytes(key)),
            SHA256.HashData([.. address, .. body.Bytes.Span]));
    }

    /// <summary>Seals an answer with the key itself, of which only the hash is stored: a new token's secret is kept nowhere in the clear.</summary>
    public byte[] Encrypt(Answer answer)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new KeptAnswer(answer.Status, answer.ETag, answer.Location, answer.ContentType, answer.Body.ToArray()));
        var sealedAnswer = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedAnswer.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher();
        cipher.Encrypt(nonce, plain, sealedAnswer.AsSpan(NonceBytes + TagBytes), sealedAnswer.AsSpan(NonceBytes, TagBytes));
        return sealedAnswer;
    }

    /// <summary>Opens what <see cref="Encrypt"/> has sealed.</summary>
    public Answer Decrypt(byte[] sealedAnswer)
    {
        var plain = new byte[sealedAnswer.Length - NonceBytes - TagBytes];
        using var cipher = Cipher();
        cipher.Decrypt(
            sealedAnswer.AsSpan(0, NonceBytes), sealedAnswer.AsSpan(NonceBytes + TagBytes), sealedAnswer.AsSpan(NonceBytes, TagBytes), plain);
        var kept = JsonSerializer.Deserialize<KeptAnswer>(plain)!;
        return new Answer(kept.Status, kept.Body) { ETag = kept.ETag, Location = kept.Location, ContentType = kept.ContentType };
    }

    private AesGcm Cipher() =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Key), 32, info: Book.Id.ToByteArray()), TagBytes);

    private sealed record KeptAnswer(int Status, string? ETag, string? Location, string ContentType, byte[] Body);
}
