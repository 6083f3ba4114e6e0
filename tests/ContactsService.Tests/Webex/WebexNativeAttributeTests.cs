using System.Text.Json.Nodes;

namespace ContactsService.Tests.Webex;

/// <summary>What the native API has and the Webex SDK does not know, nor can decrypt.</summary>
public class WebexNativeAttributeTests(Service service)
{
    private const string Contacts = "/encrypt/Users/contacts";
    private const string Jwe = "eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AAAAAAAAAAAAAAAA.YWJj.BBBBBBBBBBBBBBBBBBBBBA";

    [Fact]
    public async Task Is_not_listed_when_another_api_has_written_it()
    {
        var ann = await service.AgentAsync();
        var id = (await ann.PostAsync(Contacts, $$"""
            {"contactType":"CUSTOM","displayName":"{{Jwe}}","addressInfo":{"city":"{{Jwe}}"},"encryptionKeyUrl":"kms://k"}
            """)).ShouldBe(201).Value("contactId");
        var before = (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]![0]!.AsObject();

        (await ann.PatchAsync($"/contacts/{id}", """
            {"nickname":"J","middleName":"J","namePrefix":"Dr.","nameSuffix":"III","birthday":"--02-03","anniversary":"2001-02",
             "notes":"\"ownerId\":\"x\"","urls":[{"value":"u"}],"instantMessages":[{"value":"i"}],"custom":{"ownerId":"x","n":1}}
            """)).ShouldBe(200);

        var after = (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]![0]!.AsObject();
        Assert.True(before.Remove("meta") && after.Remove("meta"));
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
        Assert.Equal(
            "addressInfo contactId contactType displayName encryptionKeyUrl groups isMigration ownerId type",
            string.Join(' ', after.Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Comes_back_as_the_client_sent_it()
    {
        var ann = await service.AgentAsync();
        const string Sent = """
            "nickname":"eyJa","notes":7,"birthday":"tomorrow","addresses":{"x":"y"},"custom":[1.50,"z"],"urls":"u","instantMessages":true,
            "middleName":""
            """;

        var added = (await ann.PostAsync(Contacts, $$"""
            {"contactType":"CUSTOM","displayName":"{{Jwe}}","addressInfo":{"city":"{{Jwe}}"},"encryptionKeyUrl":"kms://k",{{Sent}}}
            """)).ShouldBe(201);

        var listed = (await ann.GetAsync(Contacts))["contacts"]![0]!;
        var expected = added.Json;
        expected["groups"] = new JsonArray(); // its default group has a plain name, so it is not in the list
        Assert.True(JsonNode.DeepEquals(expected, listed), listed.ToJsonString());
        foreach (var (name, value) in JsonNode.Parse($"{{{Sent}}}")!.AsObject())
        {
            Assert.Equal(value!.ToJsonString(), listed[name]!.ToJsonString());
        }

        var native = (await ann.GetAsync($"/contacts/{added.Value("contactId")}")).ShouldBe(200);
        Assert.Null(native["nickname"] ?? native["notes"] ?? native["birthday"] ?? native["custom"] ?? native["urls"]);
        Assert.Equal($$"""[{"city":"{{Jwe}}"}]""", native["addresses"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_both_apis_is_kept_apart()
    {
        var ann = await service.AgentAsync();
        var id = (await ann.PostAsync(
            Contacts, $$"""{"contactType":"CUSTOM","displayName":"{{Jwe}}","nickname":"eyJa","encryptionKeyUrl":"kms://k"}"""))
            .ShouldBe(201).Value("contactId");

        Assert.Equal("J", (await ann.PatchAsync($"/contacts/{id}", """{"nickname":"J"}""")).ShouldBe(200).Value("nickname"));

        Assert.Equal("eyJa", (await ann.GetAsync(Contacts))["contacts"]![0]!["nickname"]!.GetValue<string>());
        Assert.Equal("J", (await ann.GetAsync($"/contacts/{id}")).Value("nickname"));
    }
}
