namespace ContactsService.Tests.Contacts;

public class ChangeContactTests(Service service)
{
    [Fact]
    public async Task Refuses_an_alias_with_another_number_however_large()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Joe");

        (await ann.PatchAsync($"/contacts/{id}", """{"name":1e99999999999,"displayName":1e99999999998}"""))
            .ShouldBeProblem(400, "invalid-members", "name");
    }

    [Fact]
    public async Task Replaces_all_members()
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PostAsync(
            "/contacts", """{"contactType":"CUSTOM","displayName":"Joe","title":"Chef","emails":[{"value":"a@b.c"}]}""")).ShouldBe(201);

        var put = (await ann.PutAsync(created.Location!, """{"contactType":"CUSTOM","displayName":"Jane"}""")).ShouldBe(200);

        Assert.Equal("Jane", put.Value("displayName"));
        Assert.Null(put["title"]);
        Assert.Null(put["emails"]);
        Assert.NotEqual(created.ETag, put.ETag);
        Assert.Equal(put.Text, (await ann.GetAsync(created.Location!)).Text);
    }

    [Fact]
    public async Task Patches_only_the_named_members()
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PostAsync("/contacts", """
            {"contactType":"CUSTOM","displayName":"Joe","title":"Chef","addressInfo":{"city":"Rome","country":"IT"},
             "phoneNumbers":[{"value":"1"},{"value":"2"}]}
            """)).ShouldBe(201);

        var patched = (await ann.PatchAsync(
            created.Location!, """{"name":"Jane","title":null,"addressInfo":{"city":null,"street":"Via 1"},"phoneNumber":"3"}"""))
            .ShouldBe(200);

        Assert.Equal("Jane", patched.Value("displayName"));
        Assert.Null(patched["title"]);
        Assert.Equal("""{"street":"Via 1","country":"IT"}""", patched["addressInfo"]!.ToJsonString());
        Assert.Equal("""[{"value":"3"}]""", patched["phoneNumbers"]!.ToJsonString());
        Assert.Equal(patched.Text, (await ann.GetAsync(created.Location!)).Text);
    }

    [Theory]
    [InlineData("""{"displayName":null}""", "displayName")]
    [InlineData("""{"contactId":"other"}""", "contactId")]
    [InlineData("""{"contactType":"CLOUD","type":"User"}""", "contactType")]
    [InlineData("""{"nickName":"x"}""", "nickName")]
    [InlineData("""{"addressInfo":{"planet":"x"}}""", "addressInfo.planet")]
    [InlineData("""{"groups":["01a1fc76-19e5-75ab-9845-8599ddf5a9ed"]}""", "groups")]
    [InlineData("""{"title":"\ud800"}""", "title")]
    [InlineData("""{"addressInfo":{"city":"\u0000"}}""", "addressInfo.city")]
    [InlineData("""{"ownerId":"other"}""", "ownerId")]
    public async Task Refuses_a_patch_that_breaks_a_rule_and_changes_nothing(string patch, string member)
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);

        (await ann.PatchAsync(created.Location!, patch)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal(created.Text, (await ann.GetAsync(created.Location!)).Text);
    }

    [Fact]
    public async Task Accepts_plain_json_as_a_patch()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Joe");

        (await ann.SendAsync(HttpMethod.Patch, $"/contacts/{id}", """{"title":"Chef"}""", [])).ShouldBe(200);
    }

    [Fact]
    public async Task Refuses_a_stale_version_and_returns_the_current_one()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);
        var second = (await ann.PatchAsync(first.Location!, """{"title":"Chef"}""", ("If-Match", first.ETag!))).ShouldBe(200);

        foreach (var stale in new[]
        {
            await ann.PatchAsync(first.Location!, """{"title":"x"}""", ("If-Match", first.ETag!)),
            await ann.PutAsync(first.Location!, """{"contactType":"CUSTOM","displayName":"x"}""", ("If-Match", first.ETag!)),
            await ann.DeleteAsync(first.Location!, ("If-Match", first.ETag!)),
            await ann.DeleteAsync(first.Location!, ("If-Match", $"W/{second.ETag}")),
        })
        {
            stale.ShouldBeProblem(412, "stale");
            Assert.Equal(second.ETag, stale.ETag);
        }

        (await ann.PatchAsync(first.Location!, "{}", ("If-Match", "nonsense"))).ShouldBeProblem(400, "invalid-header");
        Assert.Equal(second.Text, (await ann.GetAsync(first.Location!)).Text);
        (await ann.DeleteAsync(first.Location!, ("If-Match", $"\"other\", {second.ETag}"))).ShouldBe(204);
        (await ann.GetAsync(first.Location!)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Answers_304_while_nothing_has_changed()
    {
        var ann = await service.AgentAsync();
        var contact = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);
        var list = (await ann.GetAsync("/contacts")).ShouldBe(200);
        var groups = (await ann.GetAsync("/groups")).ShouldBe(200);

        (await ann.GetAsync(contact.Location!, ("If-None-Match", contact.ETag!))).ShouldBe(304);
        (await ann.GetAsync("/contacts", ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await ann.GetAsync("/groups", ("If-None-Match", groups.ETag!))).ShouldBe(304);

        await ann.AddContactAsync("Jane");
        var changed = (await ann.GetAsync("/contacts", ("If-None-Match", list.ETag!))).ShouldBe(200);
        Assert.NotEqual(list.ETag, changed.ETag);
        (await ann.GetAsync("/groups", ("If-None-Match", groups.ETag!))).ShouldBe(200);
        (await ann.GetAsync(contact.Location!, ("If-None-Match", contact.ETag!))).ShouldBe(304);
    }

    [Fact]
    public async Task Deletes_once()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Joe");

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ann.DeleteAsync($"/contacts/{id}")));

        Assert.Equal([.. Enumerable.Repeat(404, 9).Prepend(204)], replies.Select(reply => (int)reply.Status).Order());
    }

    [Fact]
    public async Task Writes_times_with_six_digits_that_agree_everywhere()
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);

        var listed = (await ann.GetAsync("/contacts"))["contacts"]![0]!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", created["meta"]!["created"]!.ToString());
        Assert.Equal(created["meta"]!.ToJsonString(), listed["meta"]!.ToJsonString());
    }
}
