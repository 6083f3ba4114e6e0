using System.IO.Compression;
using System.Net.Http.Headers;

namespace ContactsService.Tests.Http;

public class CompressionTests(Service service)
{
    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0.1", "gzip")]
    public async Task Compresses_answers_above_1_KB(string accepted, string expected)
    {
        var ann = await service.AgentAsync();
        var path = await AddLargeContactAsync(ann);
        var plain = (await ann.GetAsync(path)).ShouldBe(200);

        using var response = await GetAsync(ann, path, accepted);

        Assert.Equal([expected], response.Content.Headers.ContentEncoding);
        Assert.Equal($"{plain.ETag![..^1]}-{expected}\"", response.Headers.ETag!.Tag);
        Assert.Equal("Authorization, Accept-Encoding", string.Join(", ", response.Headers.Vary));
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream decoded = expected == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(decoded);
        Assert.Equal(plain.Text, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Leaves_small_answers_as_they_are()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Joe");

        using var response = await GetAsync(ann, $"/contacts/{id}", "gzip, br");

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("Authorization, Accept-Encoding", string.Join(", ", response.Headers.Vary));
        Assert.DoesNotContain("-br", response.Headers.ETag!.Tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Accepts_the_ETags_of_all_forms_in_preconditions(string encoding)
    {
        var ann = await service.AgentAsync();
        var path = await AddLargeContactAsync(ann);
        using var response = await GetAsync(ann, path, encoding);
        var etag = response.Headers.ETag!.Tag;

        (await ann.GetAsync(path, ("If-None-Match", etag))).ShouldBe(304);
        (await ann.PatchAsync(path, """{"title":"Guide"}""", ("If-Match", etag))).ShouldBe(200);
        (await ann.PatchAsync(path, """{"title":"Other"}""", ("If-Match", etag))).ShouldBeProblem(412, "stale");
        (await ann.GetAsync(path, ("If-None-Match", etag))).ShouldBe(200);
    }

    [Fact]
    public async Task Compresses_lists_and_accepts_their_ETags()
    {
        var ann = await service.AgentAsync();
        await AddLargeContactAsync(ann);
        using var response = await GetAsync(ann, "/contacts", "br");
        var etag = response.Headers.ETag!.Tag;

        Assert.EndsWith("-br\"", etag, StringComparison.Ordinal);
        (await ann.GetAsync("/contacts", ("If-None-Match", etag))).ShouldBe(304);
    }

    private static async Task<string> AddLargeContactAsync(Person person) =>
        (await person.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","companyName":"{{new string('c', 3000)}}"}"""))
            .ShouldBe(201).Location!;

    private async Task<HttpResponseMessage> GetAsync(Person person, string path, string accepted)
    {
        using var http = service.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        var response = await http.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
