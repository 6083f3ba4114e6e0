using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Changes.Webhooks;

/// <summary>What came of an attempt.</summary>
/// <param name="Begun">UTC.</param>
/// <param name="Duration">Until the head of the answer was there.</param>
/// <param name="StatusCode">The status of the answer; null when there was none.</param>
/// <param name="Error">Why it failed; null when it succeeded.</param>
internal sealed record WebhookOutcome(DateTime Begun, TimeSpan Duration, int? StatusCode, string? Error)
{
    public bool HasSucceeded => Error is null;

    /// <summary>The receiver wants no more messages.</summary>
    public bool IsGone => StatusCode == (int)HttpStatusCode.Gone;

    public WebhookDelivery ToDelivery(Webhook webhook, WebhookMessage message) => new()
    {
        DeliveryId = Guid.CreateVersion7(Begun),
        WebhookId = webhook.WebhookId,
        Organization = webhook.Organization,
        MessageId = message.Id,
        Type = message.Type,
        Time = Begun,
        DurationMs = (int)Duration.TotalMilliseconds,
        StatusCode = StatusCode,
        Error = Error,
        Token = message.Token,
    };
}

/// <summary>Sends messages to receivers. Safe for any number of threads.</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, WebhookSecrets secrets, Clock clock)
{
    /// <summary>The name of the client.</summary>
    public const string ClientName = "webhooks";

    /// <summary>From the look-up of the name to the head of the answer.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private static readonly ProductInfoHeaderValue Product = new("contacts-service", ServiceVersion.Text);

    /// <summary>Makes one attempt. A failure is an outcome, not an exception.</summary>
    public async Task<WebhookOutcome> SendAsync(Webhook webhook, WebhookMessage message, CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(webhook, message, cancellationToken);
        var begun = clock.Now;
        var begin = Stopwatch.GetTimestamp();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(MaxTime);
        int? status = null;
        string? error;
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            status = (int)answer.StatusCode;
            error = answer.IsSuccessStatusCode ? null : Explain(answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error = $"The receiver did not answer within {MaxTime.TotalSeconds} seconds.";
        }
        catch (HttpRequestException failure)
        {
            error = Explain(failure);
        }

        var outcome = new WebhookOutcome(begun, Stopwatch.GetElapsedTime(begin), status, error);
        WebhookMetrics.Delivered(message.Type, outcome);
        return outcome;
    }

    private async Task<HttpRequestMessage> RequestAsync(Webhook webhook, WebhookMessage message, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var timestamp = new DateTimeOffset(now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = message.Body();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.UserAgent.Add(Product);
        request.Headers.Add("webhook-id", message.Header);
        request.Headers.Add("webhook-timestamp", timestamp);
        var signing = await secrets.SigningAsync(webhook, now, cancellationToken);
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(signing, message.Header, timestamp, body));
        return request;
    }

    private static string Explain(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"The receiver answered {(int)status}. Redirects are not followed."
        : $"The receiver answered {(int)status}.";

    // What the framework says of a failure has names and addresses in it.
    private static string Explain(HttpRequestException failure) => failure switch
    {
        { InnerException: AuthenticationException } => "The certificate of the receiver is not valid.",
        { InnerException: OperationCanceledException } => "The receiver cannot be reached: no connection in time.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            "The name of the receiver has no address on the internet.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            "The receiver cannot be reached: connection refused.",
        { InnerException: SocketException } => "The receiver cannot be reached.",
        _ => "The receiver did not answer with valid HTTP.",
    };
}
