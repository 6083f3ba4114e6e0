namespace ContactsService.Tests.Changes.Webhooks;

/// <summary>What a service does that may call the internet only, as by default.</summary>
public class RefusedDestinationTests(Service service)
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    public async Task Does_not_connect_to_a_name_of_the_own_machine(string name)
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await service.AgentAsync();
        var port = new Uri(receiver.Url).Port;
        var made = (await ann.PostAsync("/webhooks", $$"""{"url":"https://{{name}}:{{port}}/"}""")).ShouldBe(201);

        var outcome = (await ann.PostAsync($"{made.Location}/test", "{}")).ShouldBe(200);

        Assert.Equal("failed", outcome.Value("result"));
        Assert.Equal("The name of the receiver has no address on the internet.", outcome.Value("error"));
        Assert.Null(outcome["statusCode"]);
        Assert.Empty(receiver.Messages);
    }

    [Fact]
    public async Task Says_the_same_of_a_name_that_does_not_exist()
    {
        var ann = await service.AgentAsync();
        var made = (await ann.PostAsync("/webhooks", """{"url":"https://receiver.invalid/"}""")).ShouldBe(201);

        var outcome = (await ann.PostAsync($"{made.Location}/test", "{}")).ShouldBe(200);

        Assert.Equal("The name of the receiver has no address on the internet.", outcome.Value("error"));
    }

    [Fact]
    public async Task Ignores_addresses_that_were_stored_while_they_were_allowed()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await service.AgentAsync();
        var made = (await ann.PostAsync("/webhooks", """{"url":"https://receiver.example/"}""")).ShouldBe(201);
        await using var change = service.Database.CreateCommand("UPDATE webhook SET url = $1 WHERE organization = $2");
        change.Parameters.Add(new() { Value = receiver.Url });
        change.Parameters.Add(new() { Value = ann.Organization });
        await change.ExecuteNonQueryAsync();

        Assert.Equal("failed", (await ann.PostAsync($"{made.Location}/test", "{}")).ShouldBe(200).Value("result"));

        Assert.Empty(receiver.Messages);
    }
}
