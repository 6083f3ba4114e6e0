using System.Text.Json.Nodes;

namespace ContactsService.Tests.Webex;

/// <summary>What the SDK's own suite cannot show: answers to the letter, other doors, and what no SDK sends.</summary>
public class WebexContactTests(Service service)
{
    private const string Contacts = "/encrypt/Users/contacts";
    private const string Key = "\"encryptionKeyUrl\":\"kms://host/keys/1\"";
    private const string Jwe = "eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AAAAAAAAAAAAAAAA.YWJj.BBBBBBBBBBBBBBBBBBBBBA";

    [Fact]
    public async Task Keeps_unknown_members_and_omits_nulls()
    {
        var ann = await service.AgentAsync();

        var added = (await ann.PostAsync(Contacts, $$"""
            {"contactType":"CUSTOM","displayName":"eyJa","title":null,"type":"friend","name":"n","phoneNumber":[{"number":"1","x":null}],
             "emails":[{"value":"eyJb","type":"","label":"home"}],"addressInfo":{"city":"eyJc","planet":"eyJd","state":null},
             "deep":{"a":[1,null,{"b":null}]},"groups":[""],"ownerId":"bob","resolved":true,"meta":{},{{Key}} }
            """)).ShouldBe(201);

        var contact = Stripped(added);
        ShouldBeJson($$"""
            {"contactType":"CUSTOM","type":"friend","displayName":"eyJa",{{Key}},"emails":[{"value":"eyJb","type":"","label":"home"}],
             "addressInfo":{"city":"eyJc","planet":"eyJd"},"isMigration":false,"ownerId":"ann","name":"n","phoneNumber":[{"number":"1"}],
             "deep":{"a":[1,{}]} }
            """, contact);
        var listed = (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]![0]!;
        var expected = added.Json;
        expected["groups"] = new JsonArray(); // its default group has a plain name, so it is not in the list
        Assert.True(JsonNode.DeepEquals(expected, listed));
    }

    [Fact]
    public async Task Shows_only_known_members_in_the_native_API()
    {
        var ann = await service.AgentAsync();
        var id = (await ann.PostAsync(
            Contacts, $$"""{"contactType":"CUSTOM","displayName":"{{Jwe}}","x":1,"emails":[{"value":"{{Jwe}}","y":2}],{{Key}}}"""))
            .ShouldBe(201).Value("contactId");

        var native = (await ann.GetAsync($"/contacts/{id}")).ShouldBe(200);
        Assert.Null(native["x"]);
        Assert.Null(native["emails"]![0]!["y"]);
        (await ann.PutAsync($"/contacts/{id}", native.Text)).ShouldBe(200);

        var listed = (await ann.GetAsync(Contacts))["contacts"]![0]!;
        Assert.Equal(1, listed["x"]!.GetValue<int>());
        Assert.Equal(2, listed["emails"]![0]!["y"]!.GetValue<int>());

        (await ann.PatchAsync($"/contacts/{id}", $$"""{"emails":[{"value":"{{Jwe}}","type":"work"}]}""")).ShouldBe(200);
        listed = (await ann.GetAsync(Contacts))["contacts"]![0]!;
        Assert.Equal($$"""[{"type":"work","value":"{{Jwe}}"}]""", listed["emails"]!.ToJsonString());
        Assert.Equal(1, listed["x"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"contactType":"CUSTOM","displayName":"Plain"}""", false)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"Plain","encryptionKeyUrl":"kms://k"}""", false)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"J","title":"Plain","encryptionKeyUrl":"kms://k"}""", true)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"J","emails":[{"value":"joe@x"}],"encryptionKeyUrl":"kms://k"}""", true)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"J","addressInfo":{"city":""},"encryptionKeyUrl":"kms://k"}""", true)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eye clinic","encryptionKeyUrl":"kms://k"}""", false)]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyJhIjox","encryptionKeyUrl":"kms://k"}""", false)] // {"a":1
    [InlineData(
        """{"contactType":"CUSTOM","displayName":"J","title":"","manager":"Plain","department":"Plain","encryptionKeyUrl":"kms://k"}""",
        true)]
    // A header alone, with blanks:
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyAiYWxnIjoiZGlyIiB9","encryptionKeyUrl":"kms://k"}""", true)]
    [InlineData("""{"contactType":"CLOUD","contactId":"p","displayName":"Plain"}""", true)]
    public async Task Lists_contacts_of_other_APIs_only_when_a_client_can_decrypt_them(string native, bool isListed)
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", native.Replace("\"J\"", $"\"{Jwe}\"", StringComparison.Ordinal))).ShouldBe(201);

        Assert.Equal(isListed ? 1 : 0, (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Needs_no_name_and_no_group()
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM",{{Key}}}""")).ShouldBe(201);

        Assert.Single((await ann.GetAsync(Contacts))["contacts"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"displayName":"eyJa","encryptionKeyUrl":"k"}""", "contactType")]
    [InlineData("""{"contactType":"OTHER","displayName":"eyJa","encryptionKeyUrl":"k"}""", "contactType")]
    [InlineData("""{"contactType":"CLOUD"}""", "contactId")]
    [InlineData("""{"contactType":"CUSTOM","contactId":"a/b","displayName":"eyJa","encryptionKeyUrl":"k"}""", "contactId")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyJa","encryptionKeyUrl":"k","title":5}""", "title")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyJa","encryptionKeyUrl":"k","emails":[{"type":"work"}]}""", "emails[0].value")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyJa","encryptionKeyUrl":"k","addressInfo":{"city":5}}""", "addressInfo.city")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"eyJa","encryptionKeyUrl":"k","addressInfo":{"foo":5}}""", "addressInfo.foo")]
    public async Task Refuses_values_that_cannot_be_stored(string body, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync(Contacts, body)).ShouldBeProblem(400, "invalid-members", member);
        Assert.Equal("""{"contacts":[],"groups":[]}""", (await ann.GetAsync(Contacts)).Text);
    }

    [Fact]
    public async Task Answers_an_existing_cloud_contact_with_200()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync(Contacts, $$"""{"contactType":"CLOUD","contactId":"Person-1","x":"1",{{Key}}}""")).ShouldBe(201);

        var again = (await ann.PostAsync(
            Contacts, """{"contactType":"CLOUD","contactId":"Person-1","encryptionKeyUrl":"kms://other"}""", ("Idempotency-Key", "k")))
            .ShouldBe(200);
        var repeated = (await ann.PostAsync(
            Contacts, """{"contactType":"CLOUD","contactId":"Person-1","encryptionKeyUrl":"kms://other"}""", ("Idempotency-Key", "k")))
            .ShouldBe(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Text, repeated.Text);
        Assert.Single((await ann.GetAsync(Contacts))["contacts"]!.AsArray());
    }

    [Fact]
    public async Task Answers_one_of_many_parallel_cloud_contacts_with_201()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => ann.PostAsync(Contacts, """{"contactType":"CLOUD","contactId":"p"}""")));

        Assert.Equal([.. Enumerable.Repeat(200, 39), 201], replies.Select(reply => (int)reply.Status).Order());
        Assert.Single(replies.Select(reply => reply.Text).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keeps_an_id_of_the_client_and_refuses_one_that_is_taken()
    {
        var ann = await service.AgentAsync();
        Assert.Equal(
            "My.Id",
            (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","contactId":"My.Id","displayName":"eyJa",{{Key}}}""")).ShouldBe(
                201).Value("contactId"));

        (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","contactId":"My.Id","displayName":"eyJb",{{Key}}}"""))
            .ShouldBeProblem(409, "contact-exists");
        (await ann.PostAsync(Contacts, """{"contactType":"CLOUD","contactId":"My.Id"}""")).ShouldBeProblem(409, "contact-exists");
    }

    [Fact]
    public async Task Never_adds_a_contact_to_a_group_of_another_user()
    {
        var ann = await service.AgentAsync();
        var bob = await service.PersonAsync(ann.Organization, "bob", "agent");
        var foreign = (await bob.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJg",{{Key}}}""")).ShouldBe(201).Value("groupId");
        var first = (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJ1",{{Key}}}""")).ShouldBe(201).Value("groupId");
        var second = (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJ2",{{Key}}}""")).ShouldBe(201).Value("groupId");

        (string Groups, string Expected)[] cases =
        [
            ($"\"{foreign}\"", first),
            ("\"\"", first),
            ("\"x\"", first),
            ("", first),
            ($"\"{foreign}\",\"{second}\",\"{second}\"", second),
        ];
        foreach (var (groups, expected) in cases)
        {
            var contact = (await ann.PostAsync(
                Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJc","groups":[{{groups}}],{{Key}}}""")).ShouldBe(201);
            Assert.Equal([expected], contact["groups"]!.AsArray().Select(group => group!.GetValue<string>()));
        }

        Assert.Empty((await bob.GetAsync(Contacts))["groups"]![0]!["members"]!.AsArray());
    }

    [Fact]
    public async Task Deletes_once_and_only_in_the_own_book()
    {
        var root = await service.AdminAsync();
        var shared = (await root.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Shared","ownerId":"{{root.Organization}}"}"""))
            .ShouldBe(201).Value("contactId");
        var own = (await root.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJa",{{Key}}}"""))
            .ShouldBe(201).Value("contactId");

        (await root.DeleteAsync($"{Contacts}/{shared}")).ShouldBeProblem(404, "not-found");
        (await root.DeleteAsync($"{Contacts}/")).ShouldBeProblem(405, "method-not-allowed");
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => root.DeleteAsync($"{Contacts}/{own}")));

        Assert.Equal([204, .. Enumerable.Repeat(404, 9)], replies.Select(reply => (int)reply.Status).Order());
        (await root.GetAsync($"/contacts/{shared}")).ShouldBe(200);
    }

    [Fact]
    public async Task Keeps_ciphertext_exactly()
    {
        var ann = await service.AgentAsync();
        const string Text = " eyJhbGciOiJkaXIifQ..iv.\u00e9e\u0301\u2028<>&'.tag ";
        var body = new JsonObject
        {
            ["contactType"] = "CUSTOM",
            ["displayName"] = Text,
            ["encryptionKeyUrl"] = "KMS://Host/Keys/\u00c4",
            ["addressInfo"] = new JsonObject { ["city"] = Text },
        };

        (await ann.PostAsync(Contacts, body.ToJsonString())).ShouldBe(201);

        var listed = (await ann.GetAsync(Contacts))["contacts"]![0]!;
        Assert.Equal(Text, listed["displayName"]!.GetValue<string>());
        Assert.Equal(Text, listed["addressInfo"]!["city"]!.GetValue<string>());
        Assert.Equal("KMS://Host/Keys/\u00c4", listed["encryptionKeyUrl"]!.GetValue<string>());
    }

    private static JsonObject Stripped(Reply reply)
    {
        var json = reply.Json.AsObject();
        Assert.Matches("^[0-9a-f-]{36}$", json["contactId"]!.GetValue<string>());
        Assert.Single(json["groups"]!.AsArray());
        Assert.Equal(["created", "lastModified"], json["meta"]!.AsObject().Select(member => member.Key));
        foreach (var name in (string[])["contactId", "groups", "meta"])
        {
            json.Remove(name);
        }

        return json;
    }

    private static void ShouldBeJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
