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

        var blocks = Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(block => Unindented(block.Groups[1].Value)).ToList();

        Assert.Equal(6, blocks.Count);
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

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
