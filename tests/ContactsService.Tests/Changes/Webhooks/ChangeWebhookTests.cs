namespace ContactsService.Tests.Changes.Webhooks;

public class ChangeWebhookTests(Service service)
{
    private const string Url = "https://receiver.example/contacts";

    [Fact]
    public async Task Changes_what_the_patch_says()
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);

        var patched = (await ann.PatchAsync(address, """{"kinds":["group","contact"]}""", ("If-Match", made.ETag!))).ShouldBe(200);

        Assert.Equal("""["contact","group"]""", patched["kinds"]!.ToJsonString());
        Assert.Equal(Url, patched.Value("url"));
        Assert.Equal(2, patched["meta"]!["version"]!.GetValue<int>());
        Assert.NotEqual(made.ETag, patched.ETag);
        Assert.Null(patched["secret"]);
        Assert.Equal(patched.Text, (await ann.GetAsync(address)).Text);
        Assert.Equal(
            """["contact","group","directoryGroup"]""",
            (await ann.PatchAsync(address, """{"kinds":null}""")).ShouldBe(200)["kinds"]!.ToJsonString());
    }

    [Fact]
    public async Task Takes_back_what_was_read()
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);
        var read = await ann.GetAsync(address);

        var patched = (await ann.PatchAsync(address, read.Text)).ShouldBe(200);

        Assert.Equal(made.ETag, patched.ETag);
        Assert.Equal(read.Text, patched.Text);
    }

    [Fact]
    public async Task Disables_and_enables()
    {
        var ann = await service.AgentAsync();
        var (address, _) = await AddAsync(ann);

        var disabled = (await ann.PatchAsync(address, """{"status":"disabled"}""")).ShouldBe(200);
        Assert.Equal("disabled", disabled.Value("status"));
        Assert.Equal("requested", disabled.Value("disabledReason"));
        Assert.Equal(disabled["meta"]!["lastModified"]!.GetValue<string>(), disabled.Value("disabledAt"));
        Assert.Equal(disabled.ETag, (await ann.PatchAsync(address, disabled.Text)).ShouldBe(200).ETag);

        var enabled = (await ann.PatchAsync(address, """{"status":"active"}""")).ShouldBe(200);
        Assert.Equal("active", enabled.Value("status"));
        Assert.Null(enabled["disabledReason"]);
        Assert.Null(enabled["disabledAt"]);
    }

    [Theory]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "url")]
    [InlineData("""{"url":"http://receiver.example/"}""", "url")]
    [InlineData("""{"status":"paused"}""", "status")]
    [InlineData("""{"status":null}""", "status")]
    [InlineData("""{"kinds":["queue"]}""", "kinds")]
    [InlineData("""{"secret":"whsec_AAAA"}""", "secret")]
    [InlineData("""{"ownerId":"ben"}""", "ownerId")]
    [InlineData("""{"webhookId":"01a20088-ab7e-7ea5-9b15-a2a048a031fd"}""", "webhookId")]
    public async Task Refuses_wrong_and_unknown_members(string body, string member)
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);

        (await ann.PatchAsync(address, body)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal(made.ETag, (await ann.GetAsync(address)).ETag);
    }

    [Fact]
    public async Task Honours_If_Match()
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);
        var current = (await ann.PatchAsync(address, """{"status":"disabled"}""")).ShouldBe(200);

        var stale = (await ann.PatchAsync(address, """{"status":"active"}""", ("If-Match", made.ETag!))).ShouldBeProblem(412, "stale");
        (await ann.PostAsync($"{address}/secret", "{}", ("If-Match", made.ETag!))).ShouldBeProblem(412, "stale");
        (await ann.DeleteAsync(address, ("If-Match", made.ETag!))).ShouldBeProblem(412, "stale");

        Assert.Equal(current.ETag, stale.ETag);
        (await ann.DeleteAsync(address, ("If-Match", current.ETag!))).ShouldBe(204);
        (await ann.GetAsync(address)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Loses_no_change_of_concurrent_writers()
    {
        var ann = await service.AgentAsync();
        var (address, _) = await AddAsync(ann);

        var replies = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => ann.PatchAsync(address, $$"""{"url":"{{Url}}/{{i}}"}""")));

        Assert.Equal(
            [2, 3, 4, 5, 6, 7, 8, 9], replies.Select(reply => reply.ShouldBe(200)["meta"]!["version"]!.GetValue<int>()).Order());
    }

    [Fact]
    public async Task Rotates_the_secret()
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);

        var rotated = (await ann.SendAsync(HttpMethod.Post, $"{address}/secret", null, [])).ShouldBe(200);

        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", rotated.Value("secret"));
        Assert.NotEqual(made.Value("secret"), rotated.Value("secret"));
        Assert.Equal(
            DateTime.Parse(rotated["meta"]!["lastModified"]!.GetValue<string>(), null).AddHours(24),
            DateTime.Parse(rotated.Value("previousSecretExpires"), null));
        Assert.Equal(rotated.ETag, (await ann.GetAsync(address)).ETag);
        Assert.DoesNotContain("ecret", (await ann.GetAsync(address)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotates_once_for_one_Idempotency_Key()
    {
        var ann = await service.AgentAsync();
        var (address, _) = await AddAsync(ann);

        var first = (await ann.PostAsync($"{address}/secret", "{}", ("Idempotency-Key", "once"))).ShouldBe(200);
        var second = (await ann.PostAsync($"{address}/secret", "{}", ("Idempotency-Key", "once"))).ShouldBe(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.ETag, (await ann.GetAsync(address)).ETag);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("test")]
    public async Task Refuses_members_where_there_is_no_body(string operation)
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);

        (await ann.PostAsync($"{address}/{operation}", """{"secret":"x"}""")).ShouldBeProblem(400, "invalid-members", "secret");
        (await ann.PostAsync($"{address}/{operation}", "[]")).ShouldBeProblem(400, "invalid-json");

        Assert.Equal(made.ETag, (await ann.GetAsync(address)).ETag);
    }

    [Fact]
    public async Task Exists_for_nobody_else()
    {
        var ann = await service.AgentAsync();
        var (address, made) = await AddAsync(ann);
        var admin = await service.PersonAsync(ann.Organization, "root", "admin");
        var stranger = await service.AgentAsync();

        foreach (var other in new[] { admin, stranger })
        {
            Assert.Equal("""{"webhooks":[]}""", (await other.GetAsync("/webhooks")).Text);
            (await other.GetAsync(address)).ShouldBeProblem(404, "not-found");
            (await other.GetAsync($"{address}/deliveries")).ShouldBeProblem(404, "not-found");
            (await other.PatchAsync(address, """{"status":"disabled"}""")).ShouldBeProblem(404, "not-found");
            (await other.PostAsync($"{address}/secret", "{}")).ShouldBeProblem(404, "not-found");
            (await other.PostAsync($"{address}/test", "{}")).ShouldBeProblem(404, "not-found");
            (await other.DeleteAsync(address, ("If-Match", made.ETag!))).ShouldBeProblem(404, "not-found");
        }

        Assert.Equal(made.ETag, (await ann.GetAsync(address)).ETag);
    }

    [Fact]
    public async Task Leaves_a_webhook_of_the_organization_to_admins()
    {
        var admin = await service.AdminAsync();
        var made = (await admin.PostAsync(
            "/webhooks", $$"""{"url":"{{Url}}","ownerId":"{{admin.Organization}}"}""")).ShouldBe(201);
        var demoted = await service.PersonAsync(admin.Organization, admin.User, "agent");

        (await demoted.PatchAsync(made.Location!, """{"url":"https://other.example/"}""")).ShouldBeProblem(403, "forbidden");
        (await demoted.PostAsync($"{made.Location}/secret", "{}")).ShouldBeProblem(403, "forbidden");
        (await demoted.PostAsync($"{made.Location}/test", "{}")).ShouldBeProblem(403, "forbidden");

        (await demoted.GetAsync(made.Location!)).ShouldBe(200);
        (await demoted.DeleteAsync(made.Location!)).ShouldBe(204);
    }

    private static async Task<(string Address, Reply Made)> AddAsync(Person person)
    {
        var made = (await person.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);
        return (made.Location!, made);
    }
}
