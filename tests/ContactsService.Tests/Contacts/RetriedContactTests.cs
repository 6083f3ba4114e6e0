namespace ContactsService.Tests.Contacts;

public class RetriedContactTests(Service service)
{
    private const string Joe = """{"contactType":"CUSTOM","displayName":"Joe"}""";

    [Fact]
    public async Task Returns_the_first_answer_again_after_changes()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);
        (await ann.DeleteAsync(first.Location!)).ShouldBe(204);

        var second = (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);

        Assert.Equal((first.Text, first.ETag, first.Location), (second.Text, second.ETag, second.Location));
        (await ann.GetAsync("/contacts"))["contacts"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_kept_compressed()
    {
        var ann = await service.AgentAsync();
        var large = $$"""{"contactType":"CUSTOM","displayName":"Joe","notes":"{{new string('x', 16_000)}}"}""";

        var first = (await ann.PostAsync("/contacts", large, ("Idempotency-Key", "k"))).ShouldBe(201);
        var second = (await ann.PostAsync("/contacts", large, ("Idempotency-Key", "k"))).ShouldBe(201);

        Assert.Equal((first.Text, first.ETag, first.Location), (second.Text, second.ETag, second.Location));
        await using var size = service.Database.CreateCommand(
            "SELECT octet_length(answer) FROM idempotency_record WHERE organization = $1");
        size.Parameters.Add(new() { Value = ann.Organization });
        Assert.InRange((int)(await size.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, 100, 1_000);
    }

    [Fact]
    public async Task Creates_one_contact_for_twenty_concurrent_requests()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))));

        Assert.Single(replies.Select(reply => reply.ShouldBe(201).Text).Distinct());
        Assert.Single((await ann.GetAsync("/contacts"))["contacts"]!.AsArray());
    }

    [Fact]
    public async Task Refuses_the_key_for_another_request()
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);

        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Jane"}""", ("Idempotency-Key", "k")))
            .ShouldBeProblem(422, "idempotency-key-reused");
        (await ann.PostAsync("/groups", """{"displayName":"Joe"}""", ("Idempotency-Key", "k")))
            .ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Belongs_to_its_caller()
    {
        var ann = await service.AgentAsync();
        var bob = await service.PersonAsync(ann.Organization, "bob", "agent");

        var first = (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);
        var second = (await bob.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);

        Assert.NotEqual(first.Location, second.Location);
    }

    [Fact]
    public async Task Accepts_the_key_of_a_refused_request_again()
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", "{}", ("Idempotency-Key", "k"))).ShouldBe(400);

        (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    [InlineData(0, 400)]
    public async Task Accepts_keys_of_1_to_255_characters(int length, int status)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", new string('k', length)))).ShouldBe(status);
    }

    [Fact]
    public async Task Applies_to_groups_members_and_tokens()
    {
        var admin = await service.AdminAsync();
        var contact = await admin.AddContactAsync("Joe");
        foreach (
            var (path, json) in new[] { ("/groups", """{"displayName":"Friends"}"""), ("/tokens", """{"user":"bob","role":"agent"}""") })
        {
            var first = (await admin.PostAsync(path, json, ("Idempotency-Key", path))).ShouldBe(201);
            Assert.Equal(first.Text, (await admin.PostAsync(path, json, ("Idempotency-Key", path))).ShouldBe(201).Text);
        }

        Assert.Single((await admin.GetAsync("/tokens")).Values("tokens", "user"), "bob");
        var group = (await admin.GetAsync("/groups?displayName=friends")).Values("groups", "groupId").Single();
        var members = $"/groups/{group}/members";
        var added = (await admin.PostAsync(members, $$"""{"add":["{{contact}}"]}""", ("Idempotency-Key", "m"))).ShouldBe(200);
        (await admin.DeleteAsync($"{members}/{contact}")).ShouldBe(204);
        Assert.Equal(
            added.Text, (await admin.PostAsync(members, $$"""{"add":["{{contact}}"]}""", ("Idempotency-Key", "m"))).ShouldBe(200).Text);
        Assert.Equal("[]", (await admin.GetAsync($"/groups/{group}"))["members"]!.ToJsonString());
    }
}
