namespace ContactsService.Tests.Webex;

public class WebexGroupTests(Service service)
{
    private const string Contacts = "/encrypt/Users/contacts";
    private const string Groups = "/encrypt/Users/groups";
    private const string Key = "\"encryptionKeyUrl\":\"kms://host/keys/1\"";

    [Fact]
    public async Task Returns_all_members_of_the_guide()
    {
        var ann = await service.AgentAsync();

        var group = (await ann.PostAsync(
            Groups, $$"""{"schemas":"s","displayName":"eyJg","groupType":"EXTERNAL","x":{"y":null},{{Key}}}""")).ShouldBe(201);

        Assert.Matches(
            """
            ^{"groupId":"[0-9a-f-]{36}","displayName":"eyJg","groupType":"EXTERNAL","encryptionKeyUrl":"kms://host/keys/1",
            "isMigration":false,"ownerId":"ann","schemas":"s","x":{},"members":\[\],
            "meta":{"created":"[^"]+Z","lastModified":"[^"]+Z"}}$
            """.ReplaceLineEndings(""),
            group.Text);
        Assert.Equal($$"""{"contacts":[],"groups":[{{group.Text}}]}""", (await ann.GetAsync(Contacts)).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Becomes_the_default_group_of_a_new_book()
    {
        var ann = await service.AgentAsync();
        Assert.Equal("""{"contacts":[],"groups":[]}""", (await ann.GetAsync(Contacts)).ShouldBe(200).Text);
        var first = (await ann.PostAsync(Groups, $$"""{"displayName":"eyJ1",{{Key}}}""")).ShouldBe(201).Value("groupId");
        await ann.PostAsync(Groups, $$"""{"displayName":"eyJ2",{{Key}}}""");

        var groups = (await ann.GetAsync("/groups")).ShouldBe(200);

        Assert.Equal(["eyJ1", "eyJ2"], groups.Values("groups", "displayName"));
        Assert.Equal(first, groups["groups"]![0]!["groupId"]!.GetValue<string>());
        Assert.True(groups["groups"]![0]!["isDefault"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Lists_oldest_first_regardless_of_name()
    {
        var ann = await service.AgentAsync();
        foreach (var name in (string[])["eyJc", "eyJa", "eyJb"])
        {
            (await ann.PostAsync(Groups, $$"""{"displayName":"{{name}}",{{Key}}}""")).ShouldBe(201);
        }

        (await ann.PostAsync("/groups", """{"displayName":"Plain"}""")).ShouldBe(201);
        (await ann.PostAsync("/groups", $$"""{"displayName":"eye doctors",{{Key}}}""")).ShouldBe(201);

        Assert.Equal(["eyJc", "eyJa", "eyJb"], (await ann.GetAsync(Contacts)).Values("groups", "displayName"));
    }

    [Fact]
    public async Task Answers_the_same_request_sent_twice_with_the_same_group()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ann.PostAsync(Groups, $$"""{"displayName":"eyJg",{{Key}}}""")));

        Assert.All(replies, reply => reply.ShouldBe(201));
        Assert.Single(replies.Select(reply => reply.Value("groupId")).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Distinguishes_similar_groups()
    {
        var ann = await service.AgentAsync();
        const string Jwe = "eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AAAAAAAAAAAAAAAA.Zzz2.BBBBBBBBBBBBBBBBBBBBBA";
        string[] bodies =
        [
            $$"""{"displayName":"{{Jwe}}","groupType":"NORMAL",{{Key}}}""",
            $$"""{"displayName":"{{Jwe.Replace("Zzz2", "zzz2", StringComparison.Ordinal)}}","groupType":"NORMAL",{{Key}}}""",
            $$"""{"displayName":"{{Jwe}}","groupType":"EXTERNAL",{{Key}}}""",
            $$"""{"displayName":"{{Jwe}}","groupType":"NORMAL","encryptionKeyUrl":"kms://host/keys/2"}""",
        ];

        foreach (var body in bodies.Concat(bodies))
        {
            (await ann.PostAsync(Groups, body)).ShouldBe(201);
        }

        var listed = (await ann.GetAsync(Contacts))["groups"]!.AsArray();
        Assert.Equal(["NORMAL", "NORMAL", "EXTERNAL", "NORMAL"], listed.Select(group => group!["groupType"]!.GetValue<string>()));
        Assert.Equal("kms://host/keys/2", listed[3]!["encryptionKeyUrl"]!.GetValue<string>());
        (await ann.PostAsync("/groups", bodies[1])).ShouldBeProblem(409, "group-name-taken");
    }

    [Fact]
    public async Task Does_not_return_a_group_of_another_API()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe"); // and the default group "Other contacts" with it

        var group = (await ann.PostAsync(Groups, $$"""{"displayName":"Other contacts",{{Key}}}""")).ShouldBe(201);

        Assert.Equal("kms://host/keys/1", group.Value("encryptionKeyUrl"));
        Assert.Equal([group.Value("groupId")], (await ann.GetAsync(Contacts)).Values("groups", "groupId"));
    }

    [Theory]
    [InlineData("""{"displayName":"","encryptionKeyUrl":"k"}""", "displayName")]
    [InlineData("""{"displayName":"eyJg","groupType":"OTHER","encryptionKeyUrl":"k"}""", "groupType")]
    public async Task Refuses_bodies_that_are_not_a_group(string body, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync(Groups, body)).ShouldBeProblem(400, "invalid-members", member);
    }

    [Fact]
    public async Task Deleting_one_keeps_its_contacts()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync(Groups, $$"""{"displayName":"eyJ1",{{Key}}}""")).Value("groupId");
        var second = (await ann.PostAsync(Groups, $$"""{"displayName":"eyJ2",{{Key}}}""")).Value("groupId");
        var contact = (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJc","groups":["{{second}}"],{{Key}}}"""))
            .Value("contactId");

        (await ann.DeleteAsync($"{Groups}/{second}")).ShouldBe(204);
        (await ann.DeleteAsync($"{Groups}/{second}")).ShouldBeProblem(404, "not-found");
        (await ann.DeleteAsync($"{Groups}/{first}")).ShouldBeProblem(409, "default-group-in-use");

        var list = (await ann.GetAsync(Contacts)).ShouldBe(200);
        Assert.Equal([contact], list["groups"]![0]!["members"]!.AsArray().Select(member => member!.GetValue<string>()));
    }

    [Fact]
    public async Task Deleting_an_unknown_group_creates_no_book()
    {
        var ann = await service.AgentAsync();

        (await ann.DeleteAsync($"{Groups}/{Guid.NewGuid()}")).ShouldBeProblem(404, "not-found");
        (await ann.DeleteAsync($"{Contacts}/{Guid.NewGuid()}")).ShouldBeProblem(404, "not-found");
        await ann.GetAsync(Contacts);

        await using var books = service.Database.CreateCommand("SELECT count(*) FROM book WHERE organization = $1");
        books.Parameters.Add(new() { Value = ann.Organization });
        Assert.Equal(0L, await books.ExecuteScalarAsync());
    }
}
