namespace ContactsService.Client;

/// <summary>The service refused a request: problem details (RFC 9457). A refused request has stored nothing.</summary>
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
        MayBeDone = reply.FollowsLostAnswer || reply.Status == 503;
    }

    // A log has only the message: the member that is to blame belongs there.
    private static string? Explain(ProblemBody body) => body.Errors?.FirstOrDefault() is { Key: { } member, Value: [var sentence, ..] }
        ? $"{body.Detail ?? body.Title} {member}: {sentence}"
        : body.Detail ?? body.Title;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>What programs look at, such as <c>group-name-taken</c>; null when something in between answered.</summary>
    public string? Code { get; }

    /// <summary>The same sentence for every occurrence of the code.</summary>
    public string? Title { get; }

    /// <summary>What helps in this one.</summary>
    public string? Detail { get; }

    /// <summary>Sentences by JSON member or query parameter; empty when none is to blame.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; }

    /// <summary>Leads the operator to the log.</summary>
    public string? TraceId { get; }

    /// <summary>The contact that a conflict is with; null otherwise.</summary>
    public string? ContactId { get; }

    /// <summary>The group that a conflict is with; null otherwise.</summary>
    public string? GroupId { get; }

    /// <summary>The current version, with <c>stale</c> (412); null otherwise.</summary>
    public string? ETag { get; }

    /// <summary>When to come back, with 429 and 503; null when not said.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// True when a write may have happened nevertheless: the answer to an earlier attempt of this call was lost, or it is 503. So a 412 of a call
    /// that was repeated may be the effect of its own first attempt: read again to see.
    /// </summary>
    public bool MayBeDone { get; }

    /// <summary>The service has no such thing. Any other 404 is a wrong address, and says nothing about what there is.</summary>
    internal bool IsNotFound => Code == "not-found";
}
