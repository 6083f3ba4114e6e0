namespace ContactsService.Tests.Http;

public class HeadTests(Service service)
{
    [Theory]
    [InlineData("/contacts", 200)]
    [InlineData("/contacts/joe", 200)]
    [InlineData("/contacts/nobody", 404)]
    [InlineData("/contacts?color=red", 400)]
    [InlineData("/swagger/index.html", 200)]
    [InlineData("/openapi.json", 200)]
    [InlineData("/encrypt/Users/groups", 405)]
    public async Task Is_answered_as_GET_without_the_body(string path, int status)
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","contactId":"joe","displayName":"Joe"}""")).ShouldBe(201);

        var get = (await ann.GetAsync(path)).ShouldBe(status);
        var head = (await ann.SendAsync(HttpMethod.Head, path, null, [])).ShouldBe(status);

        Assert.Equal("", head.Text);
        Assert.Equal(get.ETag, head.ETag);
        Assert.Equal(get.Headers["Content-Type"], head.Headers["Content-Type"]);
        Assert.Equal(get.Headers.GetValueOrDefault("Content-Length"), head.Headers.GetValueOrDefault("Content-Length"));
        (await ann.GetAsync("/contacts/joe")).ShouldBe(200);
    }
}
