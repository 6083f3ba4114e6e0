using System.Net.Http.Headers;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

/// <summary>Clients of the running service.</summary>
internal static class Clients
{
    private static readonly SocketsHttpHandler Connections = new();

    /// <summary>A client of somebody, by way of what goes wrong in between.</summary>
    public static ContactsClient Of(Service service, Person person, DelegatingHandler? between = null, RetryOptions? retries = null) =>
        Of(service.Address, person, between, retries);

    /// <summary>The same for a service that a test has started itself.</summary>
    public static ContactsClient Of(Uri address, Person person, DelegatingHandler? between = null, RetryOptions? retries = null)
    {
        between?.InnerHandler = Connections;
        var http = new HttpClient((HttpMessageHandler?)between ?? Connections, disposeHandler: false) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        return new ContactsClient(http, retries ?? new RetryOptions());
    }

    /// <summary>A client of a service that answers with nothing but this.</summary>
    public static ContactsClient Answering(int status, string body = "", RetryOptions? retries = null) =>
        new(
            new HttpClient(new Answers(_ => new((System.Net.HttpStatusCode)status) { Content = new StringContent(body) }))
            {
                BaseAddress = new Uri("http://contacts.example"),
            },
            retries ?? RetryOptions.None);

    /// <summary>All entries of a list.</summary>
    public static async Task<List<T>> AllAsync<T>(this IAsyncEnumerable<T> entries)
    {
        List<T> all = [];
        await foreach (var entry in entries)
        {
            all.Add(entry);
        }

        return all;
    }
}

/// <summary>Answers requests without a service.</summary>
internal sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(answer(request));
}
