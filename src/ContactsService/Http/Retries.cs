using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Http;

/// <summary>
/// <c>Idempotency-Key</c>: the first answer is kept in the transaction of the write itself, so a retry gets it again,
/// at the same moment and after a crash too. A refused request stores nothing, so its key stays free.
/// </summary>
internal static class Retries
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    // Waits while another request holds the key; takes over what has expired.
    private const string ClaimSql = """
        INSERT INTO answered_retry AS kept (book_id, organization, key_hash, request_hash, answer, expires) VALUES ($1, $2, $3, $4, '', $5)
        ON CONFLICT (book_id, key_hash) DO UPDATE
            SET request_hash = excluded.request_hash, answer = excluded.answer, expires = excluded.expires
            WHERE kept.organization = $2 AND kept.expires < $6
        RETURNING 1
        """;

    private const string FindSql = "SELECT request_hash, answer FROM answered_retry WHERE book_id = $1 AND organization = $2 AND key_hash = $3";
    private const string KeepSql = "UPDATE answered_retry SET answer = $4 WHERE book_id = $1 AND organization = $2 AND key_hash = $3";

    /// <summary>Makes the route honour the header.</summary>
    public static RouteHandlerBuilder RepeatsAnswers(this RouteHandlerBuilder route) =>
        route.WithMetadata(new RepeatedAnswers()).AddEndpointFilter(RunAsync);

    private static async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header] is { Count: > 0 } header)
        {
            var request = KeyedRequest.Of(http, header, context.Arguments.OfType<JsonBody>().Single());
            return await OnceAsync(http, request, async () => (Answer)(await next(context))!);
        }

        return await next(context);
    }

    private static async Task<Answer> OnceAsync(HttpContext http, KeyedRequest request, Func<Task<Answer>> write)
    {
        var cancellation = http.RequestAborted;
        var session = http.RequestServices.GetRequiredService<WriteSession>();
        var now = http.RequestServices.GetRequiredService<Clock>().Now;
        await session.EnterAsync(http.GetEndpoint()?.Metadata.GetMetadata<WritesShared>() is null ? request.Book : http.Features.Get<Caller>()!.Shared, cancellation);
        await session.BeginAsync(cancellation);
        var claim = request.Statement(ClaimSql, Statement.Value(request.RequestHash), Statement.Value(now + Life), Statement.Value(now));
        if (!await session.RunAsync(reader => reader.ReadAsync(cancellation), cancellation, claim))
        {
            var first = await session.RunAsync(reader => request.ReadAnswerAsync(reader, cancellation), cancellation, request.Statement(FindSql));
            await session.DisposeAsync();
            return first;
        }

        var answer = await write();
        await session.RunAsync(cancellation, request.Statement(KeepSql, Statement.Value(request.Encrypt(answer))));
        await session.CommitAsync(cancellation);
        return answer;
    }

    private sealed record KeyedRequest(BookKey Book, string Key, byte[] KeyHash, byte[] RequestHash)
    {
        private const int NonceBytes = 12;
        private const int TagBytes = 16;

        public static KeyedRequest Of(HttpContext http, string? key, JsonBody body)
        {
            if (string.IsNullOrEmpty(key) || key.EnumerateRunes().Count() > LongestKey || http.Request.Headers[Header].Count > 1)
            {
                throw new ProblemException(Problems.InvalidHeader, $"{Header} is one string of 1 to {LongestKey} characters.");
            }

            var request = http.Request;
            var address = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
            return new(
                http.Features.Get<Caller>()!.Own,
                key,
                SHA256.HashData(Encoding.UTF8.GetBytes(key)),
                SHA256.HashData([.. address, .. body.Bytes.Span]));
        }

        public NpgsqlBatchCommand Statement(string sql, params NpgsqlParameter[] more) =>
            Storage.Statement.Of(
                sql,
                [Storage.Statement.Value(Book.Id), Storage.Statement.Value(Book.Organization), Storage.Statement.Value(KeyHash), .. more]);

        public async Task<Answer> ReadAnswerAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        {
            await reader.ReadAsync(cancellation);
            return reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(RequestHash)
                ? Decrypt(reader.GetFieldValue<byte[]>(1))
                : throw new ProblemException(Problems.KeyReused, $"Use a new {Header} for a new request, or send the first one again unchanged.");
        }

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

        private Answer Decrypt(byte[] sealedAnswer)
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
    }

    private sealed record KeptAnswer(int Status, string? ETag, string? Location, string ContentType, byte[] Body);
}

/// <summary>Marks a route that honours <c>Idempotency-Key</c>, for the OpenAPI document.</summary>
internal sealed class RepeatedAnswers;

/// <summary>Marks a route that writes to the organization's book: its writers wait for that, not for the caller's own.</summary>
internal sealed class WritesShared;
