using System.Net.Http.Headers;
using ContactsService.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Tests.Client;

public class RegistrationTests(Service service)
{
    [Fact]
    public async Task Gives_a_client_that_works()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        await using var provider = new ServiceCollection()
            .AddContactsClient(options => (options.BaseAddress, options.Token) = (service.Address, ann.Token))
            .Services.BuildServiceProvider();

        var response = await provider.GetRequiredService<ContactsClient>().GetContactsAsync();

        Assert.Equal("Joe", Assert.Single(response.Data.Contacts!).DisplayName);
    }

    [Fact]
    public async Task Takes_handlers_and_retries_of_the_program()
    {
        var ann = await service.AgentAsync();
        var lost = new LostAnswers(1);
        await using var provider = new ServiceCollection()
            .AddContactsClient(options => (options.BaseAddress, options.Retries) = (service.Address, RetryOptions.None))
            .AddHttpMessageHandler(() => lost)
            .AddHttpMessageHandler(() => new Tokens(ann.Token))
            .Services.BuildServiceProvider();
        var client = provider.GetRequiredService<ContactsClient>();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Contacts.GetPageAsync());
        Assert.Empty((await client.Contacts.GetPageAsync()).Contacts);
    }

    [Fact]
    public void Needs_an_address()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddContactsClient(options => options.Token = "x"));
        Assert.Throws<ArgumentException>(() => new ContactsClient(new HttpClient()));
    }

    [Theory]
    [InlineData("http://contacts.example/api", "http://contacts.example/api/contacts/a~b")]
    [InlineData("http://contacts.example/api/", "http://contacts.example/api/contacts/a~b")]
    [InlineData("http://contacts.example", "http://contacts.example/contacts/a~b")]
    public async Task Keeps_the_path_of_the_address(string address, string asked)
    {
        var seen = new Addresses();
        using var http = new HttpClient(seen) { BaseAddress = new Uri(address) };

        await new ContactsClient(http).Contacts.GetAsync("a~b");

        Assert.Equal(asked, seen.Last);
    }

    [Fact]
    public async Task Serves_many_threads_at_once()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var added = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => client.Contacts.AddAsync(new() { ContactType = ContactTypes.Custom, DisplayName = $"Joe {i}" }))));

        Assert.Equal(50, added.Select(contact => contact.ContactId).Distinct().Count());
        Assert.Equal(50, (await client.GetContactsAsync()).Data.Contacts!.Count);
    }

    private sealed class Tokens(string token) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Addresses : HttpMessageHandler
    {
        public string? Last { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request.RequestUri!.AbsoluteUri;
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}") });
        }
    }
}
