using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ContactsService.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Caching.Memory;

namespace ContactsService.Books;

/// <summary>What an answer was made for: the caller by the own book, and the whole address.</summary>
internal sealed record AnswerKey(Guid OwnBookId, string Address)
{
    /// <summary>The key of a request.</summary>
    public static AnswerKey Of(BookKey own, HttpRequest request) => new(own.Id, request.GetEncodedUrl());
}

/// <summary>What is known of an address.</summary>
/// <param name="ETag">The version of the last answer.</param>
/// <param name="Answer">That answer; null unless the version before it was the same.</param>
internal sealed record KeptAnswer(string ETag, Answer? Answer);

/// <summary>
/// Keeps rendered lists in memory, at most <see cref="AnswerCacheOptions.MaxMegabytes"/>. An answer is used only by a request that has
/// just read the version of its list, so it is never stale, with any number of instances, and nothing has to be invalidated. It is kept
/// when two reads in a row found the same version: of lists that change at each read, and of those that are read once, only the version
/// is kept, and they cost no second round trip. Safe for any number of threads.
/// </summary>
internal sealed class AnswerCache : IDisposable
{
    // To read a shorter answer costs no more than its version.
    private const int MinBytes = 256;
    private const int MaxAddressLength = 2048;
    private const int EntryBytes = 400;

    private static readonly Meter Source = new("ContactsService.Answers");
    private static readonly Counter<long> Reads =
        Source.CreateCounter<long>("contacts.answers.reads", "{read}", "Reads of lists, by whether the answer came from memory.");

    private static readonly KeyValuePair<string, object?> Hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    private readonly MemoryCache? answers;

    public AnswerCache(AnswerCacheOptions options)
    {
        if (options.MaxMegabytes > 0)
        {
            answers = new(new MemoryCacheOptions { SizeLimit = options.MaxMegabytes * 1024L * 1024L, TrackStatistics = true });
            Source.CreateObservableGauge("contacts.answers.size", () => Size, "By", "The size of the answers kept in memory.");
        }
    }

    /// <summary>The estimated size of what is kept, in bytes.</summary>
    public long Size => answers?.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>What is known of an address; null when nothing is.</summary>
    public KeptAnswer? Find(AnswerKey key) => answers?.Get<KeptAnswer>(key);

    /// <summary>The kept answer, when it has this version.</summary>
    public static bool Has(KeptAnswer? kept, string etag, [NotNullWhen(true)] out Answer? answer)
    {
        answer = kept?.ETag == etag ? kept.Answer : null;
        Reads.Add(1, answer is null ? Miss : Hit);
        return answer is not null;
    }

    /// <summary>Stores what a request has read.</summary>
    /// <param name="key">Its address.</param>
    /// <param name="etag">The version of the list.</param>
    /// <param name="answer">The answer of that version.</param>
    /// <param name="last">What was known before.</param>
    public void Store(AnswerKey key, string etag, Answer answer, KeptAnswer? last)
    {
        if (answers is null || !answer.MayBeKept || key.Address.Length > MaxAddressLength || answer.Body.Length < MinBytes)
        {
            return;
        }

        // A copy: the array that the body was written into is larger.
        var kept = last?.ETag == etag ? answer with { Body = answer.Body.ToArray() } : null;
        answers.Set(
            key,
            new KeptAnswer(etag, kept),
            new MemoryCacheEntryOptions { Size = EntryBytes + (key.Address.Length * sizeof(char)) + (kept?.Body.Length ?? 0) });
    }

    public void Dispose() => answers?.Dispose();
}
