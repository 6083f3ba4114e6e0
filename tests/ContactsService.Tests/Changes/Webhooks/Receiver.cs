using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContactsService.Tests.Changes.Webhooks;

/// <summary>A message that arrived.</summary>
internal sealed record ReceivedMessage(string Path, Dictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Token => Json["data"]!["token"]!.GetValue<string>();
}

/// <summary>A receiver of webhooks on loopback. It answers as its test says; 204 otherwise.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>Such as <c>http://127.0.0.1:41234/hook</c>.</summary>
    public string Url => $"{app.Urls.First()}/hook";

    /// <summary>In the order of their arrival.</summary>
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    /// <summary>How the next messages are answered.</summary>
    public Func<HttpContext, Task> AnswerAsync { get; set; } = Status(204);

    public static async Task<Receiver> StartAsync(Func<HttpContext, Task>? answerAsync = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.AnswerAsync = answerAsync ?? receiver.AnswerAsync;
        receiver.app.Run(receiver.ReceiveAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with a status and nothing else.</summary>
    public static Func<HttpContext, Task> Status(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Never answers.</summary>
    public static async Task HangAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The service has given up.
        }
    }

    /// <summary>Waits until so many messages have arrived, and returns them.</summary>
    public async Task<ReceivedMessage[]> WaitAsync(int count)
    {
        var watch = Stopwatch.StartNew();
        while (Messages.Count < count && watch.Elapsed < WaitLimit)
        {
            await Task.Delay(20);
        }

        Assert.True(Messages.Count >= count, $"{Messages.Count} of {count} messages arrived.");
        return [.. Messages];
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Messages.Enqueue(new(
            http.Request.Path,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        await AnswerAsync(http);
    }
}
