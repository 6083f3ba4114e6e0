using System.Net.Http.Headers;
using ContactsService.Tests.Changes.Webhooks;
using ContactsService.Tests.Scim;

namespace ContactsService.Tests.Access;

/// <summary>Two instances: what ends access at one is asked of the other.</summary>
public class EndedUserTests(LocalWebhooks service) : IClassFixture<LocalWebhooks>
{
    private const string Deactivate = """{"op": "replace", "path": "active", "value": false}""";
    private const string Activate = """{"op": "replace", "path": "active", "value": true}""";

    [Fact]
    public async Task Loses_access_at_once_on_all_instances_when_deactivated_and_gets_it_back()
    {
        await using var second = await service.StartAsync();
        using var other = new HttpClient { BaseAddress = new Uri(second.Address) };
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("Ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var there = new Person(other, ann.Organization, ann.User, ann.Token);
        for (var i = 0; i < 5; i++)
        {
            (await ann.GetAsync("/contacts")).ShouldBe(200);
            (await there.GetAsync("/contacts")).ShouldBe(200);

            (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(Deactivate))).ShouldBe(200);
            (await there.GetAsync("/contacts")).ShouldBeProblem(401, "unauthenticated");
            (await ann.GetAsync("/contacts")).ShouldBeProblem(401, "unauthenticated");
            (await there.PostAsync("/groups", """{"displayName":"x"}""")).ShouldBe(401);

            (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(Activate))).ShouldBe(200);
        }

        (await there.GetAsync("/contacts")).ShouldBe(200);
    }

    [Fact]
    public async Task Loses_access_at_once_on_all_instances_when_a_token_is_revoked()
    {
        await using var second = await service.StartAsync();
        using var other = new HttpClient { BaseAddress = new Uri(second.Address) };
        var admin = await service.AdminAsync();
        var issued = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBe(201);
        var there = new Person(other, admin.Organization, "ann", issued.Value("token"));
        (await there.GetAsync("/contacts")).ShouldBe(200);

        (await admin.DeleteAsync(issued.Location!)).ShouldBe(204);

        (await there.GetAsync("/contacts")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Loses_tokens_for_good_when_deleted()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        (await ann.GetAsync("/contacts")).ShouldBe(200);

        (await admin.ScimAsync("DELETE", $"{ScimCalls.Users}/{id}")).ShouldBe(204);
        (await ann.GetAsync("/contacts")).ShouldBe(401);
        (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBeProblem(400, "invalid-members", "user");

        await admin.AddUserIdAsync("ann");
        (await ann.GetAsync("/contacts")).ShouldBe(401);
        (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"op": "replace", "path": "userName", "value": "anna"}""")]
    [InlineData("""{"op": "replace", "value": {"active": false, "userName": "deleted-1"}}""")]
    public async Task Loses_access_by_the_old_name_when_renamed(string patch)
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        (await ann.GetAsync("/contacts")).ShouldBe(200);

        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(patch))).ShouldBe(200);

        (await ann.GetAsync("/contacts")).ShouldBe(401);
    }

    [Fact]
    public async Task Is_known_by_external_id_and_id_too()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann@example.com", """
            "externalId": "E-1"
            """);
        var byExternalId = await service.PersonAsync(admin.Organization, "e-1", "agent");
        var byId = await service.PersonAsync(admin.Organization, id, "agent");
        (await byExternalId.GetAsync("/contacts")).ShouldBe(200);
        (await byId.GetAsync("/contacts")).ShouldBe(200);

        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(Deactivate))).ShouldBe(200);

        (await byExternalId.GetAsync("/contacts")).ShouldBe(401);
        (await byId.GetAsync("/contacts")).ShouldBe(401);
    }

    [Fact]
    public async Task Loses_access_by_a_bulk_request_in_which_others_take_the_name()
    {
        var admin = await service.AdminAsync();
        var (ann, bob) = (await admin.AddUserIdAsync("ann"), await admin.AddUserIdAsync("bob"));
        var asAnn = await service.PersonAsync(admin.Organization, "ann", "agent");
        var asBob = await service.PersonAsync(admin.Organization, "bob", "agent");
        (await asAnn.GetAsync("/contacts")).ShouldBe(200);

        (await admin.ScimAsync("POST", "/scim/v2/Bulk", $$"""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
                {"method": "DELETE", "path": "/Users/{{ann}}"},
                {"method": "PUT", "path": "/Users/{{bob}}", "data": {{ScimCalls.User("ann")}}}]}
            """)).ShouldBe(200);

        (await asBob.GetAsync("/contacts")).ShouldBe(401);
        (await asAnn.GetAsync("/contacts")).ShouldBe(200);
    }

    [Fact]
    public async Task Keeps_access_when_another_organization_deactivates_the_same_name()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var elsewhere = await service.AgentAsync();
        (await elsewhere.GetAsync("/contacts")).ShouldBe(200);

        (await admin.ScimAsync("DELETE", $"{ScimCalls.Users}/{id}")).ShouldBe(204);

        (await elsewhere.GetAsync("/contacts")).ShouldBe(200);
    }

    [Fact]
    public async Task Ends_waits_within_five_seconds()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var token = (await ann.GetAsync("/changes?since=now")).ShouldBe(200).Value("nextToken");
        var waiting = ann.GetAsync($"/changes?since={token}&wait=30");
        await Task.Delay(500, TestContext.Current.CancellationToken);

        (await admin.ScimAsync("DELETE", $"{ScimCalls.Users}/{id}")).ShouldBe(204);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).ShouldBe(401);
    }

    [Fact]
    public async Task Leaves_no_webhook_that_tells_of_changes()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var webhook = (await ann.PostAsync("/webhooks", """{"url":"http://127.0.0.1:1/"}""")).ShouldBe(201);
        var mine = (await admin.PostAsync("/webhooks", """{"url":"http://127.0.0.1:1/"}""")).ShouldBe(201);

        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(Deactivate))).ShouldBe(200);
        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch(Activate))).ShouldBe(200);

        var disabled = (await ann.GetAsync(webhook.Location!)).ShouldBe(200);
        Assert.Equal(("disabled", "creator-without-access"), (disabled.Value("status"), disabled.Value("disabledReason")));
        Assert.NotEqual(webhook.ETag, disabled.ETag);
        Assert.Equal("active", (await admin.GetAsync(mine.Location!)).Value("status"));
    }

    [Fact]
    public async Task Loses_all_tokens_when_an_admin_revokes_them()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var annToo = await service.PersonAsync(admin.Organization, "ann", "admin");
        var bob = await service.PersonAsync(admin.Organization, "bob", "agent");
        (await ann.DeleteAsync("/tokens?user=bob")).ShouldBeProblem(403, "forbidden");
        (await admin.DeleteAsync("/tokens")).ShouldBeProblem(400, "invalid-members", "user");
        (await admin.DeleteAsync("/tokens?user=")).ShouldBeProblem(400, "invalid-members", "user");

        (await admin.DeleteAsync("/tokens?user=ann")).ShouldBe(204);

        (await ann.GetAsync("/contacts")).ShouldBe(401);
        (await annToo.GetAsync("/contacts")).ShouldBe(401);
        (await bob.GetAsync("/contacts")).ShouldBe(200);
        (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBe(201);
    }

    [Fact]
    public async Task Cannot_use_a_password_of_the_Genesys_API_any_more()
    {
        var admin = await service.AdminAsync();
        var id = await admin.AddUserIdAsync("ann");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        using var http = new HttpClient { BaseAddress = service.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ann:{ann.Token}")));
        (await Reply.OfAsync(await http.GetAsync("/api/v2/me"))).ShouldBe(200);

        (await admin.ScimAsync("DELETE", $"{ScimCalls.Users}/{id}")).ShouldBe(204);

        (await Reply.OfAsync(await http.GetAsync("/api/v2/me"))).ShouldBe(401);
    }
}
