using System.Net;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class CancellationTests(Service service)
{
    [Fact]
    public async Task Ends_every_call_and_the_guides_too()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Contacts.GetAsync("joe", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Contacts.AddAsync(new(), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Groups.RemoveAsync("x", null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetContactsAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DeleteContactAsync("joe", cancelled));
    }

    [Fact]
    public async Task Ends_a_pause()
    {
        using var source = new CancellationTokenSource();
        var refusals = new Refusals(1, HttpStatusCode.ServiceUnavailable, TimeSpan.FromHours(1));
        var client = Clients.Of(service, await service.AgentAsync(), refusals, new() { TimeLimit = TimeSpan.FromDays(1) });

        var call = client.Contacts.GetPageAsync(null, null, source.Token);
        Assert.False(call.IsCompleted);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, refusals.Requests);
    }

    [Fact]
    public async Task Is_not_what_a_timeout_is()
    {
        using var http = new HttpClient(new Silence())
        {
            BaseAddress = new Uri("http://contacts.example"),
            Timeout = TimeSpan.FromMilliseconds(1),
        };
        var client = new ContactsClient(http, RetryOptions.None);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Contacts.GetAsync("joe"));
        var response = await client.GetContactsAsync();
        Assert.Equal((422, "422 Exception has occurred"), (response.StatusCode, response.Data.Error));
    }

    private sealed class Silence : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
