using System.Text.Json.Nodes;

namespace ContactsService.Tests.Contacts;

public class CreateContactTests(Service service)
{
    [Fact]
    public async Task Returns_the_contact_its_location_and_its_ETag()
    {
        var ann = await service.AgentAsync();

        var created = (await ann.PostAsync("/contacts", """
            {"contactType":"CUSTOM","displayName":"Joe Johnson","phoneNumbers":[{"type":"work","value":"+1 987 987-521"}]}
            """)).ShouldBe(201);

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", created.Value("contactId"));
        Assert.Equal($"/contacts/{created.Value("contactId")}", created.Location);
        Assert.Matches("^\"[^\"]+\"$", created.ETag);
        Assert.Equal("CUSTOM", created.Value("contactType"));
        Assert.Equal("Custom", created.Value("type"));
        Assert.Equal("ann", created.Value("ownerId"));
        Assert.True(JsonNode.DeepEquals(created["phoneNumbers"], JsonNode.Parse("""[{"type":"work","value":"+1 987 987-521"}]""")));
        var read = (await ann.GetAsync(created.Location!)).ShouldBe(200);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal(created.ETag, read.ETag);
    }

    [Theory]
    [InlineData("POST", "/contacts")]
    [InlineData("PUT", "/contacts/joe")]
    public async Task Creates_no_group_when_it_is_refused(string method, string path)
    {
        var ann = await service.AgentAsync();

        var refused = await ann.SendAsync(
            new HttpMethod(method), path, $$"""{"contactType":"CUSTOM","displayName":"Joe","groups":["{{Guid.NewGuid()}}"]}""", []);

        refused.ShouldBeProblem(400, "invalid-members");
        Assert.Empty((await ann.GetAsync("/changes"))["changes"]!.AsArray());
    }
}
