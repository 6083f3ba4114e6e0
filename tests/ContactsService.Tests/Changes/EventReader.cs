using System.Net.Http.Headers;
using System.Net.ServerSentEvents;

namespace ContactsService.Tests.Changes;

/// <summary>An open stream of changes, read by the parser of .NET.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly SseParser<string> parser;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private EventReader(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        parser = SseParser.Create(body);
        events = parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>The media type of the answer.</summary>
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>The id that a client would resume with.</summary>
    public string LastEventId => parser.LastEventId;

    public static async Task<EventReader> OpenAsync(Service service, Person person, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/changes/stream{query}");
        request.Headers.Authorization = new("Bearer", person.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var http = service.NewClient();
        http.Timeout = TimeSpan.FromMinutes(2);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        try
        {
            return await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)) ? events.Current : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>So many events, each in a few words.</summary>
    public async Task<string> TextsAsync(int count)
    {
        var changes = new List<System.Text.Json.Nodes.JsonNode>();
        for (var i = 0; i < count; i++)
        {
            var item = Assert.NotNull(await NextAsync());
            Assert.Equal("change", item.EventType);
            changes.Add(System.Text.Json.Nodes.JsonNode.Parse(item.Data)!);
        }

        return ChangeCalls.Texts(changes);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await Task.CompletedTask;
    }
}
