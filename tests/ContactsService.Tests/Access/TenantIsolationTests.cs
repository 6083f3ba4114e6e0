using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Access;

/// <summary>
/// What is somebody else's looks exactly like what never existed, on every route there is: the routes come from the OpenAPI document.
/// </summary>
[Trait("Speed", "Slow")]
public partial class TenantWallTests(Service service)
{
    private static readonly string[] Bodies =
        ["", "{", "{}", """{"contactType":"CUSTOM","displayName":"x"}""", """{"displayName":"x"}""", """{"add":[]}"""];

    private static readonly (
        string,
        string)[][] Headers = [[], [("If-Match", "\"x-1\"")], [("If-Match", "*")], [("If-None-Match", "*")], [("Idempotency-Key", "k")]];

    [Fact]
    public async Task Hides_resources_of_other_users_on_every_route()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count >= 14, "The routes are not found.");
        var victim = await service.AdminAsync("victim");
        var contact = await victim.AddContactAsync("Secret");
        var shared = (await victim.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Secret","ownerId":"{{victim.Organization}}"}"""))
            .ShouldBe(201).Value("contactId");
        var group = await victim.AddGroupAsync("Secret");
        var token = (await victim.PostAsync("/tokens", """{"user":"x","role":"agent"}""")).ShouldBe(201).Value("tokenId");
        var user = (await victim.PostAsync(
            "/scim/v2/Users", """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Secret"}"""))
            .ShouldBe(201).Value("id");
        var queue = (await victim.PostAsync("/queues", """{"name":"Secret"}""")).ShouldBe(201).Value("queueId");
        var before = (await victim.GetAsync("/contacts")).Text;

        var stranger = await service.AdminAsync("victim"); // the same name in another organization
        var colleague = await service.PersonAsync(victim.Organization, "colleague", "admin");
        foreach (var (person, contacts, tokens, users) in new[]
        {
            (stranger, new[] { contact, shared, user, queue }, new[] { token }, new[] { user }),
            (colleague, new[] { contact }, Array.Empty<string>(), Array.Empty<string>()),
        })
        {
            var withIds = routes
                .Where(route => route.Path.Replace("{orgId}", "", StringComparison.Ordinal).Contains('{', StringComparison.Ordinal));
            foreach (var (method, path) in withIds)
            {
                if (method == HttpMethod.Put && path is "/contacts/{contactId}" or "/groups/{groupId}")
                {
                    continue; // creates what the caller cannot see: Creates_an_id_of_another_book_in_the_own_book
                }

                var foreign = contacts.Select(
                    id => Fill(path, id, group, tokens.FirstOrDefault(), users.FirstOrDefault(), person.Organization)).OfType<string>();
                foreach (var address in foreign)
                {
                    var id = Guid.NewGuid().ToString();
                    await ShouldLookAlikeAsync(person, method, address, Fill(path, id, id, id, id, person.Organization)!);
                }

            }
        }

        foreach (var (method, path) in routes.Where(route => route.Path.Contains("{orgId}", StringComparison.Ordinal)))
        {
            await ShouldLookAlikeAsync(
                stranger,
                method,
                Fill(path, contact, group, token, user, victim.Organization)!,
                Fill(path, contact, group, token, user, Service.NewOrganization())!);
        }

        Assert.Equal(before, (await victim.GetAsync("/contacts")).Text);
    }

    [Fact]
    public async Task Creates_an_id_of_another_book_in_the_own_book()
    {
        var victim = await service.AgentAsync("victim");
        var contact = await victim.AddContactAsync("Secret");
        var group = (await victim.PostAsync("/groups", """{"displayName":"Secrets"}""")).ShouldBe(201).Json["groupId"]!.GetValue<string>();
        var before = (await victim.GetAsync("/contacts")).Text;
        var colleague = await service.PersonAsync(victim.Organization, "colleague", "admin");
        foreach (var person in new[] { colleague, await service.AdminAsync("victim") })
        {
            (await person.PutAsync($"/contacts/{contact}", """{"contactType":"CUSTOM","displayName":"Mine"}""", ("If-Match", "*")))
                .ShouldBeProblem(412, "stale");
            (await person.PutAsync($"/contacts/{contact}", """{"contactType":"CUSTOM","displayName":"Mine"}""")).ShouldBe(201);
            (await person.PutAsync($"/groups/{group}", """{"displayName":"Mine"}""")).ShouldBe(201);
            (await person.PutAsync($"/contacts/{contact}", $$"""{"contactType":"CUSTOM","displayName":"Mine","groups":["{{group}}"]}"""))
                .ShouldBe(200);
        }

        Assert.Equal(before, (await victim.GetAsync("/contacts")).Text);
    }

    [Fact]
    public async Task Hides_ids_of_other_users_in_bodies_filters_and_tokens()
    {
        var victim = await service.AgentAsync("victim");
        var contact = await victim.AddContactAsync("Secret");
        await victim.AddContactAsync("Secret too");
        var group = await victim.AddGroupAsync("Secret");
        var page = (await victim.GetAsync("/contacts?pageSize=1")).Value("nextPageToken");
        var stranger = await service.AgentAsync("victim");
        var mine = await stranger.AddGroupAsync("Mine");

        foreach (var send in new Func<string, string, Task<Reply>>[]
        {
            (_, g) => stranger.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"x","groups":["{{g}}"]}"""),
            (c, _) => stranger.PostAsync("/groups", $$"""{"displayName":"x","members":["{{c}}"]}"""),
            (c, _) => stranger.PostAsync($"/groups/{mine}/members", $$"""{"add":["{{c}}"]}"""),
            (c, _) => stranger.PostAsync($"/groups/{mine}/members", $$"""{"remove":["{{c}}"]}"""),
            (c, _) => stranger.GetAsync($"/contacts?contactId={c}&fields=displayName"),
            (_, g) => stranger.GetAsync($"/contacts?groups={g}&fields=displayName"),
            (_, g) => stranger.GetAsync($"/groups?groupId={g}"),
        })
        {
            var foreign = await send(contact, group);
            var never = await send(Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
            Assert.Equal((never.Status, Plain(never)), (foreign.Status, Plain(foreign)));
            Assert.DoesNotContain("Secret", foreign.Text, StringComparison.Ordinal);
        }

        (await stranger.GetAsync($"/contacts?pageSize=1&pageToken={page}")).ShouldBeProblem(400, "invalid-page-token");
        (await victim.PostAsync("/groups", """{"displayName":"k"}""", ("Idempotency-Key", "k"))).ShouldBe(201);
        (await stranger.PostAsync("/groups", """{"displayName":"other"}""", ("Idempotency-Key", "k"))).ShouldBe(201);
    }

    [Fact]
    public async Task Requires_a_token_on_every_route_except_health_and_version()
    {
        using var http = service.NewClient();
        foreach (var (method, path) in await RoutesAsync())
        {
            using var request = new HttpRequestMessage(method, Fill(path, "x", "x", "x", "x", "x"));
            var reply = await Reply.OfAsync(await http.SendAsync(request));
            reply.ShouldBe(path == "/api/v2/diagnostics/version" ? 200 : path.StartsWith("/health", StringComparison.Ordinal) ? 204 : 401);
        }
    }

    private static async Task ShouldLookAlikeAsync(Person person, HttpMethod method, string foreign, string never)
    {
        foreach (var body in method == HttpMethod.Get || method == HttpMethod.Delete ? [""] : Bodies)
        {
            foreach (var headers in Headers)
            {
                var a = await person.SendAsync(method, foreign, body, headers);
                var b = await person.SendAsync(method, never, body, headers);
                Assert.True(
                    a.Status == b.Status && Plain(a) == Plain(b) && a.ETag == b.ETag,
                    $"{method} {foreign} {body}: {a.Text}{a.ETag} but {b.Text}{b.ETag}");
                Assert.InRange((int)a.Status, 400, 499);
            }
        }
    }

    private async Task<List<(HttpMethod Method, string Path)>> RoutesAsync()
    {
        using var http = service.NewClient();
        var paths = JsonNode.Parse(await http.GetStringAsync("/openapi.json"))!["paths"]!.AsObject();
        return
        [
            .. paths.SelectMany(path => path.Value!.AsObject()
                .Select(operation => (new HttpMethod(operation.Key.ToUpperInvariant()), path.Key))),
        ];
    }

    private static string? Fill(string path, string contact, string group, string? token, string? user, string organization) =>
        (token is null && path.Contains("{tokenId}", StringComparison.Ordinal)) || (
            user is null && path.Contains("{userId}", StringComparison.Ordinal))
            ? null
            : path.Replace("{contactId}", contact, StringComparison.Ordinal)
                .Replace("{groupId}", group, StringComparison.Ordinal)
                .Replace("{tokenId}", token, StringComparison.Ordinal)
                .Replace("{userId}", user, StringComparison.Ordinal)
                .Replace("{queueId}", contact, StringComparison.Ordinal)
                .Replace("{webhookId}", contact, StringComparison.Ordinal)
                .Replace("{orgId}", organization, StringComparison.Ordinal)
                .Replace("{resourceType}", contact, StringComparison.Ordinal)
                .Replace("{schema}", contact, StringComparison.Ordinal);

    private static string Plain(Reply reply) => Varying().Replace(reply.Text, "");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Varying();
}
