namespace ContactsService.Tests.Access;

/// <summary>A retry by Idempotency-Key is authorized as if it were the first request.</summary>
public class RepeatedRequestTests(Service service)
{
    private const string Draft = """{"user":"bob","role":"agent"}""";

    private static readonly (string, string) Key = ("Idempotency-Key", "1");

    [Theory]
    [InlineData("/tokens", Draft)]
    [InlineData("/queues", """{"name":"Sales"}""")]
    [InlineData("/contacts", """{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{organization}"}""")]
    [InlineData("/webhooks", """{"url":"https://example.com/","ownerId":"{organization}"}""")]
    [InlineData("/scim/v2/Users", """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann"}""")]
    [InlineData("/bulk", """
        {"operations":[{"method":"POST","path":"/contacts",
            "data":{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{organization}"}}]}
        """)]
    public async Task Is_refused_to_who_is_no_admin_any_more(string path, string draft)
    {
        var admin = await service.AdminAsync();
        var json = draft.Replace("{organization}", admin.Organization, StringComparison.Ordinal);
        var first = await admin.PostAsync(path, json, Key);
        Assert.True((int)first.Status is 200 or 201, first.Text);
        Assert.Equal(first.Text, (await admin.PostAsync(path, json, Key)).Text);
        var agent = await service.PersonAsync(admin.Organization, admin.User, "agent");

        (await agent.PostAsync(path, json, Key)).ShouldBe(403);
        Assert.Equal(first.Text, (await admin.PostAsync(path, json, Key)).Text);
    }

    [Fact]
    public async Task Is_given_to_who_is_no_admin_any_more_when_it_needs_none()
    {
        const string Contact = """{"contactType":"CUSTOM","displayName":"Joe"}""";
        var admin = await service.AdminAsync();
        var first = (await admin.PostAsync("/contacts", Contact, Key)).ShouldBe(201);
        var agent = await service.PersonAsync(admin.Organization, admin.User, "agent");

        Assert.Equal(first.Text, (await agent.PostAsync("/contacts", Contact, Key)).ShouldBe(201).Text);
    }

    [Fact]
    public async Task Is_refused_to_a_token_without_the_scopes()
    {
        var admin = await service.AdminAsync();
        (await admin.PostAsync("/tokens", Draft, Key)).ShouldBe(201);
        var unlimited = (await ScopedAsync(admin, "settings.read")).PostAsync("/tokens", Draft, Key);
        (await unlimited).ShouldBeProblem(403, "insufficient-scope");

        (await (await ScopedAsync(admin, "tokens.write")).PostAsync("/tokens", Draft, Key)).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Is_refused_to_a_revoked_token()
    {
        var admin = await service.AdminAsync();
        (await admin.PostAsync("/tokens", Draft, Key)).ShouldBe(201);
        (await admin.DeleteAsync($"/tokens?user={admin.User}")).ShouldBe(204);

        (await admin.PostAsync("/tokens", Draft, Key)).ShouldBeProblem(401, "unauthenticated");
    }

    private async Task<Person> ScopedAsync(Person admin, string scope)
    {
        var draft = $$"""{"user":"{{admin.User}}","role":"admin","scopes":["{{scope}}"]}""";
        var issued = (await admin.PostAsync("/tokens", draft)).ShouldBe(201);
        return new Person(service.NewClient(), admin.Organization, admin.User, issued.Value("token"));
    }
}
