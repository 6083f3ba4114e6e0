using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Contacts;

public class SearchContactsTests(Service service)
{
    [Fact]
    public async Task Answers_contacts_alone_with_an_ETag()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe Johnson");

        var reply = (await ann.GetAsync("/contacts?q=joe&fields=displayName")).ShouldBe(200);

        Assert.Equal(["contacts"], reply.Json.AsObject().Select(member => member.Key));
        Assert.Equal("Joe Johnson", Assert.Single(reply.Values("contacts", "displayName")));
        (await ann.GetAsync("/contacts?q=joe&fields=displayName", ("If-None-Match", reply.ETag!))).ShouldBe(304);
        await ann.AddContactAsync("Joe Second");
        (await ann.GetAsync("/contacts?q=joe&fields=displayName", ("If-None-Match", reply.ETag!))).ShouldBe(200);
    }

    [Theory]
    [InlineData("q=", "q")]
    [InlineData("q=%20%20", "q")]
    [InlineData("q=a&q=b", "q")]
    [InlineData("q=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k", "q")]
    [InlineData("q=a%00", "q")]
    [InlineData("q=joe&sort=displayName", "sort")]
    [InlineData("q=joe&pageSize=101", "pageSize")]
    public async Task Refuses_what_it_cannot_search_for(string query, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"/contacts?{query}")).ShouldBeProblem(400, "invalid-filter", member);
    }

    [Fact]
    public async Task Creates_nothing_for_a_caller_without_a_book()
    {
        var ann = await service.AgentAsync();

        var reply = (await ann.GetAsync("/contacts?q=joe")).ShouldBe(200);

        Assert.Equal("""{"contacts":[]}""", reply.Text);
        Assert.Empty((await ann.GetAsync("/groups?pageSize=1&displayName=x")).ShouldBe(200)["groups"]!.AsArray());
    }

    [Fact]
    public async Task Stays_within_the_own_book_and_organization()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var bob = await service.ColleagueAsync(admin, "bob");
        var stranger = await service.AdminAsync();
        await bob.AddContactAsync("Wanda Bobs");
        await stranger.AddSharedAsync("Wanda Elsewhere");
        await stranger.AddContactAsync("Wanda Stranger");
        await admin.AddSharedAsync("Wanda Shared");
        await ann.AddContactAsync("Wanda Own");
        await admin.AddContactAsync("Wanda Admins");

        Assert.Equal("Wanda Own|Wanda Shared", await ann.NamesAsync("?q=wanda"));
        Assert.Equal("Wanda Bobs|Wanda Shared", await bob.NamesAsync("?q=w"));
        Assert.Equal("Wanda Shared", await ann.NamesAsync($"?q=wanda&ownerId={ann.Organization}"));
        Assert.Equal("Wanda Own", await ann.NamesAsync("?q=w&ownerId=me"));
    }

    [Fact]
    public async Task Finds_the_directory_and_puts_the_own_ones_of_it_first()
    {
        var scene = await Scene.MakeAsync(service);

        Assert.Equal("Joe Johnson|Mine|Sue Jones", await scene.Ann.NamesAsync("?q=jo"));
        Assert.Equal("Joe Johnson", await scene.Ann.NamesAsync("?q=joej"));
        Assert.Equal("Joe Johnson|Sue Jones", await scene.Ann.NamesAsync("?q=j&type=user"));
        Assert.Equal("Sue Jones", await scene.Ann.NamesAsync("?q=sales"));
        Assert.Equal("Joe Johnson", await scene.Ann.NamesAsync($"?q=joe&groups={scene.Friends}"));
        Assert.Equal("Repairs", await scene.Ann.NamesAsync("?q=2001"));
        // Tom has left, and is in her book; Una has left, and is not.
        Assert.Equal("Tom Left", await scene.Ann.NamesAsync("?q=tom"));
        Assert.Equal("", await scene.Ann.NamesAsync("?q=una"));
        Assert.Equal("", await scene.Ann.NamesAsync("?q=15004"));
    }

    [Fact]
    public async Task Never_finds_ciphertext()
    {
        const string Ciphertext = "eyJhbGciOiJBMjU2R0NNIn0.abcdefgh.ijklmnop";
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", $$"""
            {"contactType":"CUSTOM","contactId":"mixed","displayName":"{{Ciphertext}}","lastName":"Plainname","encryptionKeyUrl":"kms://x",
             "emails":[{"value":"{{Ciphertext}}"}],"phoneNumbers":[{"value":"{{Ciphertext}}"}]}
            """)).ShouldBe(201);
        (await ann.PostAsync($"/encrypt/Users/contacts", $$"""
            {"contactId":"webex","contactType":"CUSTOM","displayName":"{{Ciphertext}}","lastName":"lookslikeplain",
             "encryptionKeyUrl":"kms://x"}
            """)).ShouldBe(201);

        foreach (var part in new[] { "eyJ", "abcdefgh", "ijkl", Ciphertext, "lookslikeplain" })
        {
            Assert.Equal("""{"contacts":[]}""", (await ann.GetAsync($"/contacts?q={part}")).ShouldBe(200).Text);
        }

        Assert.Equal(["mixed"], (await ann.GetAsync("/contacts?q=plain")).Values("contacts", "contactId"));
    }

    [Fact]
    public async Task Combines_with_filters_and_page_size()
    {
        var ann = await service.AgentAsync();
        for (var i = 0; i < 25; i++)
        {
            (await ann.PostAsync(
                "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe {{i:00}}","title":"{{(i % 2 == 0 ? "Even" : "Odd")}}"}"""))
                .ShouldBe(201);
        }

        Assert.Equal(20, (await ann.GetAsync("/contacts?q=joe")).Values("contacts", "contactId").Count);
        Assert.Equal(25, (await ann.GetAsync("/contacts?q=joe&pageSize=100")).Values("contacts", "contactId").Count);
        Assert.Equal("Joe 01|Joe 03", await ann.NamesAsync("?q=j&title=odd&pageSize=2"));
        Assert.Equal("Joe 21|Joe 23", await ann.NamesAsync("?q=joe%202&title=odd&fields=displayName"));
    }

    [Fact]
    public async Task Finds_contacts_as_they_are_now()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Before Smith");

        (await ann.PatchAsync($"/contacts/{id}", """{"displayName":"After Jones"}""")).ShouldBe(200);

        Assert.Equal("", await ann.NamesAsync("?q=smith"));
        Assert.Equal("After Jones", await ann.NamesAsync("?q=jones"));
        (await ann.DeleteAsync($"/contacts/{id}")).ShouldBe(204);
        Assert.Equal("", await ann.NamesAsync("?q=jones"));
    }

    [Fact]
    public async Task Finds_what_was_just_written_while_others_write()
    {
        var admin = await service.AdminAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var person = await service.ColleagueAsync(admin, $"writer{writer % 4}", "admin");
            for (var i = 0; i < 10; i++)
            {
                var name = $"Name{writer}x{i}";
                await (i % 2 == 0 ? person.AddContactAsync(name) : person.AddSharedAsync(name));
                Assert.Equal(name, await person.NamesAsync($"?q={name}"));
            }
        }));
    }

    [Fact]
    public async Task Follows_the_region_at_once()
    {
        var admin = await service.AdminAsync();
        (await admin.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Cologne","phoneNumber":"+49 221 5550134"}"""))
            .ShouldBe(201);

        Assert.Equal("", await admin.NamesAsync("?q=0221"));
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);
        Assert.Equal("Cologne", await admin.NamesAsync("?q=0221"));
        (await admin.PutAsync("/settings", """{"region":null}""")).ShouldBe(200);
        Assert.Equal("", await admin.NamesAsync("?q=0221"));
    }
}
