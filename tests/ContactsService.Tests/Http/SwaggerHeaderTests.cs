namespace ContactsService.Tests.Http;

public class SwaggerHeaderTests(Service service)
{
    [Theory]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/swagger-ui-bundle.js")]
    [InlineData("/swagger/oauth2-redirect.html")]
    [InlineData("/openapi.json")]
    public async Task Keep_pages_from_being_framed_and_from_loading_others(string path)
    {
        using var http = service.NewClient();
        var headers = (await Reply.OfAsync(await http.GetAsync(path))).ShouldBe(200).Headers;

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
    }
}
