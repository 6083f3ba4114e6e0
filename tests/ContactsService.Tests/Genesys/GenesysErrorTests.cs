namespace ContactsService.Tests.Genesys;

public class GenesysErrorTests(Service service)
{
    [Theory]
    [InlineData("GET", "/api/v2", 404, 6)]
    [InlineData("GET", "/api/v2/nowhere", 404, 6)]
    [InlineData("GET", "/API/V2/nowhere", 404, 6)]
    [InlineData("GET", "/api/v2/contacts&type=User", 404, 6)]
    [InlineData("GET", "/api/v2/contacts/nobody", 404, 6)]
    [InlineData("GET", "/api/v2/contacts/%C3%A9", 404, 6)]
    [InlineData("PATCH", "/api/v2/contacts", 405, 3)]
    [InlineData("POST", "/api/v2/me", 405, 3)]
    [InlineData("GET", "/api/v2/me?x=1", 400, 2)]
    [InlineData("GET", "/api/v2/contacts/x?fields=name", 400, 2)]
    public async Task Have_the_vendors_shape(string method, string path, int status, int code)
    {
        var ann = await service.AgentAsync();

        var reply = (await ann.SendAsync(new HttpMethod(method), path, null, [])).ShouldFail(status, code);

        Assert.Equal(status == 405, reply.Headers.ContainsKey("Allow"));
    }

    [Fact]
    public async Task Have_the_vendors_shape_before_any_handler_runs()
    {
        var admin = await service.AdminAsync();
        using var http = service.NewClient();

        var refused = (await Reply.OfAsync(await http.GetAsync(new Uri("/api/v2/contacts", UriKind.Relative))))
            .ShouldFail(401, 20, "Access denied");
        Assert.Equal("Basic realm=\"contacts\", charset=\"UTF-8\", Bearer", refused.Headers["WWW-Authenticate"]);
        (await Reply.OfAsync(await http.GetAsync(new Uri("/api/v2/nowhere", UriKind.Relative)))).ShouldFail(401, 20);
        (await admin.GetAsync("/api/v2/contacts", ("Accept", "text/html"))).ShouldFail(406, 2);
        (await admin.SendAsync(HttpMethod.Post, "/api/v2/contacts", "name=x", [], "application/x-www-form-urlencoded")).ShouldFail(415, 2);
        (await admin.PostAsync("/api/v2/contacts", $$"""{"name":"{{new string('x', 300_000)}}"}""")).ShouldFail(413, 10);
        (await admin.PostAsync("/api/v2/contacts", $$"""{"name":"{{new string('x', 16_385)}}"}""")).ShouldFail(400, 2, "name");
        (await admin.GetAsync($"/api/v2/contacts/nobody", ("If-None-Match", "x"))).ShouldFail(400, 2);
    }

    [Fact]
    public async Task Do_not_affect_other_APIs()
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync("/api/v20/contacts")).ShouldBeProblem(404, "not-found");
        (await ann.GetAsync("/contacts/nobody")).ShouldBeProblem(404, "not-found");
    }
}
