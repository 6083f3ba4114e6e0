namespace ContactsService.Client;

/// <summary>The service refused a request with problem details (RFC 9457). A refused request stores nothing.</summary>
public sealed class ProblemException : Exception
{
    internal ProblemException(Reply reply)
        : this(reply, ProblemBody.Read(reply.Body))
    {
    }

    private ProblemException(Reply reply, ProblemBody body)
        : base($"{reply.Status} {body.Code ?? "without a problem's body"}: {Explain(body)}")
    {
        Status = reply.Status;
        Code = body.Code;
        Title = body.Title;
        Detail = body.Detail;
        Errors = body.Errors?.ToDictionary(error => error.Key, error => (IReadOnlyList<string>)error.Value, StringComparer.Ordinal) ?? [];
        TraceId = body.TraceId;
        ContactId = body.ContactId;
        GroupId = body.GroupId;
        ETag = reply.ETag;
        RetryAfter = reply.RetryAfter;
        Results = body.Results;
        MayBeDone = reply.FollowsLostAnswer || reply.Status == 503;
    }

    // Logs often contain only the message, so it names the member.
    private static string? Explain(ProblemBody body) => body.Errors?.FirstOrDefault() is { Key: { } member, Value: [var sentence, ..] }
        ? $"{body.Detail ?? body.Title} {member}: {sentence}"
        : body.Detail ?? body.Title;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>
    /// The code for programs, such as <c>group-name-taken</c>; null when the response is not from the service, but from a proxy.
    /// </summary>
    public string? Code { get; }

    /// <summary>A short text, the same for every occurrence of the code; null when the response has none.</summary>
    public string? Title { get; }

    /// <summary>An explanation of this occurrence; null when the response has none.</summary>
    public string? Detail { get; }

    /// <summary>Sentences by JSON member or query parameter; empty when the problem concerns no single one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; }

    /// <summary>The id of the request in the service's log; null when the response has none.</summary>
    public string? TraceId { get; }

    /// <summary>The id of the contact that a conflict is about; null for other problems.</summary>
    public string? ContactId { get; }

    /// <summary>The id of the group that a conflict is about; null for other problems.</summary>
    public string? GroupId { get; }

    /// <summary>The current ETag, for <c>stale</c> (412); null for other problems.</summary>
    public string? ETag { get; }

    /// <summary>The results of all operations, for <c>bulk-failed</c>: 424 for those that did not fail; empty for other problems.</summary>
    public IReadOnlyList<BulkResult> BulkResults { get; internal set; } = [];

    /// <summary>The time to wait before a retry, for 429 and 503; null when the response names none.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// True when a write may have been executed nevertheless: the response to an earlier attempt of this call was lost, or this one is 503.
    /// A 412 of a repeated call may be the effect of its own first attempt. Read the resource again to find out.
    /// </summary>
    public bool MayBeDone { get; }

    /// <summary>The results as they were answered; null for problems other than <c>bulk-failed</c>.</summary>
    internal IReadOnlyList<BulkResultBody>? Results { get; }

    /// <summary>
    /// True when deletions after a token of changes are no longer known (<c>token-expired</c>, 410): discard your copy, and begin without a
    /// token.
    /// </summary>
    public bool IsTokenExpired => Code == "token-expired";

    /// <summary>True when the resource does not exist. Other 404 responses mean a wrong address.</summary>
    internal bool IsNotFound => Code == "not-found";
}
