namespace ContactsService.Changes.Webhooks;

/// <summary>An address that is told of the changes of a book.</summary>
internal sealed class Webhook
{
    public const string Active = "active";
    public const string Disabled = "disabled";

    /// <summary>Its caller has disabled it.</summary>
    public const string Requested = "requested";

    /// <summary>The receiver has answered 410.</summary>
    public const string ReceiverGone = "receiver-gone";

    /// <summary>A message could not be delivered for <see cref="RetrySchedule.MaxTime"/>.</summary>
    public const string DeliveriesFailed = "deliveries-failed";

    /// <summary>Who has made it has lost access.</summary>
    public const string CreatorEnded = "creator-without-access";

    /// <summary>A UUID version 7.</summary>
    public Guid WebhookId { get; init; }

    public required string Organization { get; init; }

    /// <summary>Who has made it. It does not exist for anybody else.</summary>
    public required string UserId { get; init; }

    /// <summary>The book that it watches.</summary>
    public Guid BookId { get; init; }

    /// <summary>The owner of that book: the user or the organization.</summary>
    public required string OwnerId { get; init; }

    public required string Url { get; set; }

    /// <summary>Some of <see cref="WebhookDraft.AllKinds"/>; changes of others are not told.</summary>
    public required string[] Kinds { get; set; }

    /// <summary><see cref="Active"/> or <see cref="Disabled"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Why it is disabled; null while it is active.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>UTC; null while it is active.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>What messages are signed with, sealed.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>What messages are signed with as well until <see cref="PreviousSecretExpires"/>; null when there is none.</summary>
    public byte[]? PreviousSecret { get; set; }

    /// <summary>UTC; null when there is none.</summary>
    public DateTime? PreviousSecretExpires { get; set; }

    /// <summary>The revision of the book that the receiver has been told of.</summary>
    public long Position { get; set; }

    /// <summary>The failed attempts at the open message.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next attempt may begin, UTC.</summary>
    public DateTime NextAttempt { get; set; }

    /// <summary>When the first attempt at the open message failed, UTC; null when none has.</summary>
    public DateTime? FirstFailure { get; set; }

    /// <summary>The open message, which is the same at each attempt; null when none is open, as the next three.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? MessageCreated { get; set; }

    /// <summary>The revision of the book that the message tells of.</summary>
    public long? MessagePosition { get; set; }

    public string? MessageToken { get; set; }

    /// <summary>Raised by each change that callers see.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; set; }

    /// <summary>Notes a change that callers see.</summary>
    public void Touch(DateTime now)
    {
        Version++;
        LastModified = now > LastModified ? now : LastModified.AddMicroseconds(1);
    }

    /// <summary>Begins deliveries afresh, at once. What the receiver has not acknowledged is told by a new message.</summary>
    public void Enable(DateTime now)
    {
        Status = Active;
        DisabledReason = null;
        DisabledAt = null;
        NextAttempt = now;
        ForgetMessage();
    }

    /// <summary>Ends deliveries until it is enabled again.</summary>
    public void Disable(string reason, DateTime now)
    {
        Status = Disabled;
        DisabledReason = reason;
        DisabledAt = now;
        ForgetMessage();
    }

    /// <summary>The open message was acknowledged.</summary>
    public void Acknowledge(DateTime now)
    {
        Position = MessagePosition!.Value;
        NextAttempt = now;
        ForgetMessage();
    }

    /// <summary>An attempt at the open message has failed: another one follows, until there have been attempts for too long.</summary>
    public void Postpone(RetrySchedule schedule, DateTime now)
    {
        Attempts++;
        FirstFailure ??= now;
        var end = FirstFailure.Value + RetrySchedule.MaxTime;
        if (now >= end)
        {
            Disable(DeliveriesFailed, now);
            Touch(now);
            return;
        }

        var next = now + schedule.PauseAfter(Attempts);
        NextAttempt = next < end ? next : end;
    }

    private void ForgetMessage()
    {
        Attempts = 0;
        FirstFailure = null;
        MessageId = null;
        MessageCreated = null;
        MessagePosition = null;
        MessageToken = null;
    }
}
