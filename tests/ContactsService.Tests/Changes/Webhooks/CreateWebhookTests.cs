namespace ContactsService.Tests.Changes.Webhooks;

public class CreateWebhookTests(Service service)
{
    private const string Url = "https://receiver.example/contacts";

    [Fact]
    public async Task Answers_with_the_webhook_and_its_secret()
    {
        var ann = await service.AgentAsync();

        var made = (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);

        Assert.Equal($"/webhooks/{made.Value("webhookId")}", made.Location);
        Assert.Equal(made.ETag, made["meta"]!["etag"]!.GetValue<string>());
        Assert.Equal(Url, made.Value("url"));
        Assert.Equal("""["contact","group","directoryGroup"]""", made["kinds"]!.ToJsonString());
        Assert.Equal("ann", made.Value("ownerId"));
        Assert.Equal("active", made.Value("status"));
        Assert.Equal(1, made["meta"]!["version"]!.GetValue<int>());
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Value("secret"));
    }

    [Fact]
    public async Task Shows_the_secret_only_once()
    {
        var ann = await service.AgentAsync();
        var made = (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);

        var read = (await ann.GetAsync(made.Location!)).ShouldBe(200);
        var list = (await ann.GetAsync("/webhooks")).ShouldBe(200);

        Assert.Null(read["secret"]);
        Assert.Equal(made.ETag, read.ETag);
        Assert.DoesNotContain("secret", list.Text, StringComparison.Ordinal);
        Assert.Equal([made.Value("webhookId")], list.Values("webhooks", "webhookId"));
        (await ann.GetAsync(made.Location!, ("If-None-Match", made.ETag!))).ShouldBe(304);
        (await ann.GetAsync("/webhooks", ("If-None-Match", list.ETag!))).ShouldBe(304);
    }

    [Fact]
    public async Task Stores_the_secret_sealed()
    {
        var ann = await service.AgentAsync();
        var made = (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);
        var secret = Convert.FromBase64String(made.Value("secret")["whsec_".Length..]);

        await using var read = service.Database.CreateCommand("SELECT secret FROM webhook WHERE webhook_id = $1");
        read.Parameters.Add(new() { Value = Guid.Parse(made.Value("webhookId")) });
        var stored = (byte[])(await read.ExecuteScalarAsync())!;

        Assert.True(stored.AsSpan().IndexOf(secret.AsSpan(0, 8)) < 0);
    }

    [Fact]
    public async Task Gives_a_retry_the_first_answer_with_its_secret()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""", ("Idempotency-Key", "once"))));

        Assert.Single(replies.Select(reply => reply.ShouldBe(201).Text).Distinct());
        Assert.Single((await ann.GetAsync("/webhooks"))["webhooks"]!.AsArray());
        (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}/other"}""", ("Idempotency-Key", "once")))
            .ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("me")]
    [InlineData("ann")]
    public async Task Watches_the_own_book(string ownerId)
    {
        var ann = await service.AgentAsync();

        var made = (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}","ownerId":"{{ownerId}}"}""")).ShouldBe(201);

        Assert.Equal("ann", made.Value("ownerId"));
    }

    [Fact]
    public async Task Lets_admins_watch_the_organization()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var body = $$"""{"url":"{{Url}}","ownerId":"{{admin.Organization}}"}""";

        Assert.Equal(admin.Organization, (await admin.PostAsync("/webhooks", body)).ShouldBe(201).Value("ownerId"));
        (await ann.PostAsync("/webhooks", body)).ShouldBeProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":null}""", "url")]
    [InlineData("""{"url":7}""", "url")]
    [InlineData("""{"url":"https://receiver.example/","ownerId":"ben"}""", "ownerId")]
    [InlineData("""{"url":"https://receiver.example/","kinds":[]}""", "kinds")]
    [InlineData("""{"url":"https://receiver.example/","kinds":["contacts"]}""", "kinds")]
    [InlineData("""{"url":"https://receiver.example/","kinds":"contact"}""", "kinds")]
    [InlineData("""{"url":"https://receiver.example/","secret":"whsec_AAAA"}""", "secret")]
    [InlineData("""{"url":"https://receiver.example/","status":"active"}""", "status")]
    public async Task Refuses_wrong_and_unknown_members(string body, string member)
    {
        var admin = await service.AdminAsync();

        (await admin.PostAsync("/webhooks", body)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal("""{"webhooks":[]}""", (await admin.GetAsync("/webhooks")).Text);
    }

    [Theory]
    [InlineData("http://receiver.example/")]
    [InlineData("ftp://receiver.example/")]
    [InlineData("receiver.example")]
    [InlineData("/contacts")]
    [InlineData("https://")]
    [InlineData("https://ann@receiver.example/")]
    [InlineData("https://ann:secret@receiver.example/")]
    [InlineData("https://@receiver.example/")]
    [InlineData(" https://receiver.example/")]
    [InlineData("https://receiver.example/\\r\\nX: y")]
    [InlineData("https://①⑥⑨.254.169.254/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://receiver.example/#part")]
    [InlineData("https://receiver.example:22/")]
    [InlineData("https://receiver.example:80/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1:8443/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://203.0.113.7/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:8.8.8.8]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://[2002:a00:1::]/")]
    [InlineData("https://[2001::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    public async Task Refuses_addresses_that_are_not_called(string url)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/webhooks", $$"""{"url":"{{url}}"}""")).ShouldBeProblem(400, "invalid-members", "url");
    }

    [Fact]
    public async Task Refuses_an_address_that_is_too_long()
    {
        var ann = await service.AgentAsync();
        var longest = $"https://receiver.example/{new string('a', 2048 - 25)}";

        (await ann.PostAsync("/webhooks", $$"""{"url":"{{longest}}a"}""")).ShouldBeProblem(400, "invalid-members", "url");
        (await ann.PostAsync("/webhooks", $$"""{"url":"{{longest}}"}""")).ShouldBe(201);
    }

    [Theory]
    [InlineData("https://receiver.example:8443/contacts?key=1")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("HTTPS://Receiver.Example")]
    [InlineData("https://bücher.example/")]
    public async Task Takes_addresses_of_the_internet(string url)
    {
        var ann = await service.AgentAsync();

        Assert.Equal(url, (await ann.PostAsync("/webhooks", $$"""{"url":"{{url}}"}""")).ShouldBe(201).Value("url"));
    }

    [Fact]
    public async Task Takes_20_webhooks_of_a_caller_even_when_they_come_together()
    {
        var ann = await service.AgentAsync();
        var ben = await service.PersonAsync(ann.Organization, "ben", "agent");

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")));

        Assert.Equal(20, replies.Count(reply => (int)reply.Status == 201));
        Assert.All(replies.Where(reply => (int)reply.Status != 201), reply => reply.ShouldBeProblem(409, "webhook-limit"));
        Assert.Equal(20, (await ann.GetAsync("/webhooks"))["webhooks"]!.AsArray().Count);
        (await ben.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);
        var first = (await ann.GetAsync("/webhooks")).Values("webhooks", "webhookId")[0];
        (await ann.DeleteAsync($"/webhooks/{first}")).ShouldBe(204);
        (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);
    }

    [Fact]
    public async Task Creates_no_book()
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/webhooks", $$"""{"url":"{{Url}}"}""")).ShouldBe(201);

        await using var read = service.Database.CreateCommand("SELECT count(*) FROM book WHERE organization = $1");
        read.Parameters.Add(new() { Value = ann.Organization });
        Assert.Equal(0L, await read.ExecuteScalarAsync());
    }
}
