using System.Text.Json;
using System.Text.RegularExpressions;
using ContactsService.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Tests.Client;

public class ReadmeTests(Service service)
{
    [Fact]
    public void Shows_only_code_that_is_compiled()
    {
        var compiled = Unindented(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Client", "ReadmeCode.cs")));
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Client", "README.md"));

        var blocks = Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(block => Unindented(block.Groups[1].Value)).ToList();

        Assert.Equal(9, blocks.Count);
        Assert.InRange(blocks.Single(block => block.Contains("Mirror", StringComparison.Ordinal)).TrimEnd().Split('\n').Length, 10, 25);
        Assert.All(blocks, block => Assert.Contains(block, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_code_that_works()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Ann");
        var services = new ServiceCollection();
        ReadmeCode.Register(services, service.Address.AbsoluteUri, ann.Token);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<ContactsClient>();

        await ReadmeCode.FirstCallAsync(service.Address.AbsoluteUri, ann.Token);
        await ReadmeCode.FindAsync(client);
        await ReadmeCode.SearchAsync(client);
        await ReadmeCode.ChangeAsync(client, id);
        await ReadmeCode.FollowTheGuideAsync(client);

        Assert.Equal(["Ann", "Joe Johnson"], (await client.Contacts.ListAsync().AllAsync()).Select(contact => contact.DisplayName));
        Assert.Equal("Köln", (await client.Contacts.GetAsync(id)).AddressInfo?.City);
    }

    [Fact]
    public async Task Shows_a_mirror_that_copies_follows_and_resumes()
    {
        var ann = await service.AgentAsync();
        var client = Clients.Of(service, ann);
        var joe = await ann.AddContactAsync("Joe");
        await ann.AddContactAsync("Sue");
        var file = Path.Combine(Path.GetTempPath(), $"mirror-{Guid.NewGuid():N}.json");

        await UntilAsync("Joe|Sue", () => ann.PatchAsync($"/contacts/{joe}", """{"custom":{"crm":"A-7","vip":true}}"""));
        await client.Contacts.RemoveAsync(joe);
        await UntilAsync("Sue", () => ann.AddContactAsync("Tom"));
        await UntilAsync("Sue|Tom", () => ann.AddContactAsync("Uma"));
        await UntilAsync("Sue|Tom|Uma", () => Task.CompletedTask);
        File.Delete(file);

        // Follows until the file has these contacts, lets something happen, and is then interrupted.
        async Task UntilAsync(string names, Func<Task> then)
        {
            using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var mirror = ReadmeCode.FollowAsync(client, file, end.Token);
            while (Names(file) != names)
            {
                await Task.Delay(20, end.Token);
            }

            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mirror);
            await then();
        }
    }

    [Fact]
    public async Task Shows_a_push_that_works()
    {
        var ann = await service.AgentAsync();
        var client = Clients.Of(service, ann);

        await ReadmeCode.PushAsync(client);

        Assert.Equal(2, (await client.Groups.ListAsync().AllAsync()).Count);
        Assert.Single((await client.Contacts.GetAsync("joe")).Groups!);
    }

    private static string Names(string file) => File.Exists(file)
        ? string.Join('|', JsonSerializer.Deserialize<ReadmeCode.Mirror>(File.ReadAllText(file))!
            .Contacts.Values.Select(contact => contact.DisplayName).Order(StringComparer.Ordinal))
        : "";

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
