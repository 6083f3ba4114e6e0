namespace ContactsService.Tests.Webex;

/// <summary>Plain text that the native API writes beside ciphertext.</summary>
public class WebexPlainTextTests(Service service)
{
    private const string Contacts = "/encrypt/Users/contacts";
    private const string Key = "\"encryptionKeyUrl\":\"kms://host/keys/1\"";
    private const string Jwe = "eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AAAAAAAAAAAAAAAA.YWJj.BBBBBBBBBBBBBBBBBBBBBA";

    [Fact]
    public async Task Does_not_hide_the_contact()
    {
        var ann = await service.AgentAsync();
        var added = (await ann.PostAsync(Contacts, $$"""
            {"contactType":"CUSTOM","displayName":"{{Jwe}}","phoneNumbers":[{"type":"work","value":"{{Jwe}}"}],{{Key}}}
            """)).ShouldBe(201);
        var path = $"/contacts/{added.Value("contactId")}";

        (await ann.PatchAsync(path, $$"""
            {"title":"Guide","emails":[{"value":"joe@example.com"},{"value":"{{Jwe}}"}],"addressInfo":{"city":"Austin","state":"{{Jwe}}"} }
            """)).ShouldBe(200);

        var listed = Assert.Single((await ann.GetAsync(Contacts))["contacts"]!.AsArray())!;
        Assert.Equal(Jwe, listed["displayName"]!.GetValue<string>());
        Assert.Null(listed["title"]);
        Assert.Equal($$"""[{"value":"{{Jwe}}"}]""", listed["emails"]!.ToJsonString());
        Assert.Equal($$"""{"state":"{{Jwe}}"}""", listed["addressInfo"]!.ToJsonString());
        Assert.Equal("Guide", (await ann.GetAsync(path)).Value("title"));
    }

    [Fact]
    public async Task Is_shown_again_when_it_is_encrypted()
    {
        var ann = await service.AgentAsync();
        var added = (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"{{Jwe}}",{{Key}}}""")).ShouldBe(201);
        var path = $"/contacts/{added.Value("contactId")}";
        (await ann.PatchAsync(path, """{"title":"Guide"}""")).ShouldBe(200);

        (await ann.PatchAsync(path, $$"""{"title":"{{Jwe}}"}""")).ShouldBe(200);

        Assert.Equal(Jwe, (await ann.GetAsync(Contacts))["contacts"]![0]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_any_ciphertext_is_not_listed()
    {
        var ann = await service.AgentAsync();
        var added = (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"{{Jwe}}",{{Key}}}""")).ShouldBe(201);

        (await ann.PatchAsync($"/contacts/{added.Value("contactId")}", """{"displayName":"Joe"}""")).ShouldBe(200);

        Assert.Empty((await ann.GetAsync(Contacts))["contacts"]!.AsArray());
    }
}
