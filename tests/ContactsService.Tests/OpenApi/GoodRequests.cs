namespace ContactsService.Tests.OpenApi;

/// <summary>Requests that succeed, for every operation and every good status of each document; and conflicts.</summary>
internal static class GoodRequests
{
    private const string Unknown = "01a1fc76-19e5-75ab-9845-8599ddf5a9ed";
    private const string UserUrn = "urn:ietf:params:scim:schemas:core:2.0:User";

    public static Task SendAsync(string document, ApiContract contract, Person admin, Person agent) => document switch
    {
        "native" => NativeAsync(contract, admin, agent),
        "webex" => WebexAsync(contract, agent),
        "genesys" => GenesysAsync(contract, admin),
        _ => ScimAsync(contract, admin),
    };

    private static async Task NativeAsync(ApiContract contract, Person admin, Person agent)
    {
        await ContactsAsync(contract, agent);
        await GroupsAsync(contract, agent);
        await BulkAsync(contract, agent);
        await QueuesAsync(contract, admin);
        await SettingsAsync(contract, admin);
        await ChangesAsync(contract, agent);
        await WebhooksAsync(contract, agent);

        var token = (await contract.SendAsync(
            "createToken", admin, [], body: """{"user":"joe","role":"agent","name":"Joe's desktop","days":1}""")).ShouldBe(201);
        (await contract.SendAsync("listTokens", admin, [])).ShouldBe(200);
        var rotated = (await contract.SendAsync("rotateToken", admin, [token.Value("tokenId")])).ShouldBe(201);
        (await contract.SendAsync("deleteToken", admin, [rotated.Value("tokenId")])).ShouldBe(204);
        (await contract.SendAsync("deleteTokensOfUser", admin, [], "?user=joe")).ShouldBe(204);
        (await contract.SendAsync("checkLiveness", agent, [])).ShouldBe(204);
        (await contract.SendAsync("checkReadiness", agent, [])).ShouldBe(204);
    }

    private static async Task ChangesAsync(ApiContract contract, Person agent)
    {
        var page = (await contract.SendAsync("listChanges", agent, [], "?pageSize=2")).ShouldBe(200);
        (await contract.SendAsync("listChanges", agent, [], $"?since={page.Value("nextToken")}&wait=1")).ShouldBe(200);
        (await contract.SendAsync("listChanges", agent, [], "?since=now")).ShouldBe(200);
        (await contract.SendAsync("streamChanges", agent, [], "?since=now")).ShouldBe(200);
    }

    private static async Task ContactsAsync(ApiContract contract, Person agent)
    {
        const string Joe = """
            {"contactType":"CUSTOM","displayName":"Joe","firstName":"Joe","lastName":"Johnson","companyName":"Acme","isMigration":false,
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"emails":[{"value":"joe@example.com"}],
             "addressInfo":{"city":"Cologne","country":"DE"}}
            """;
        var joe = (await contract.SendAsync("createContact", agent, [], body: Joe)).ShouldBe(201);
        var id = joe.Value("contactId");
        (await contract.SendAsync("createContact", agent, [], body: """{"contactType":"CLOUD","contactId":"ben"}""")).ShouldBe(201);
        (await contract.SendAsync("createContact", agent, [], body: """{"contactType":"CLOUD","contactId":"ben"}""")).ShouldBe(409);
        (await contract.SendAsync("getContact", agent, [id])).ShouldBe(200);
        (await contract.SendAsync("getContact", agent, [id], headers: ("If-None-Match", joe.ETag!))).ShouldBe(304);
        (await contract.SendAsync("putContact", agent, [id], body: Joe)).ShouldBe(200);
        (await contract.SendAsync("putContact", agent, [Unknown], body: Joe)).ShouldBe(201);
        (await contract.SendAsync("putContact", agent, [Unknown], body: Joe, headers: ("If-None-Match", "*"))).ShouldBe(412);
        (await contract.SendAsync("putContact", agent, [id], body: Joe, headers: ("If-Match", joe.ETag!))).ShouldBe(412);
        (await contract.SendAsync(
            "patchContact", agent, [id], body: """{"title":"Engineer","lastName":null,"addressInfo":null,"emails":null}""")).ShouldBe(200);

        const string Query = "?displayName[contains]=o&type=Custom&type=User&sort=-lastModified&pageSize=1";
        var list = (await contract.SendAsync("listContacts", agent, [], Query)).ShouldBe(200);
        (await contract.SendAsync("listContacts", agent, [], "?fields=displayName")).ShouldBe(200);
        (await contract.SendAsync(
            "listContacts", agent, [], "?version[gt]=1&emails[exists]=false&lastModified[gte]=2026-01-31T08:30:00Z")).ShouldBe(200);
        (await contract.SendAsync("listContacts", agent, [], Query, headers: ("If-None-Match", list.ETag!))).ShouldBe(304);
        const string Caller = "?caller=%2B15550100199&region=US&pageSize=5";
        var found = (await contract.SendAsync("listContacts", agent, [], Caller)).ShouldBe(200);
        (await contract.SendAsync("listContacts", agent, [], Caller, headers: ("If-None-Match", found.ETag!))).ShouldBe(304);
        (await contract.SendAsync("deleteContact", agent, [Unknown])).ShouldBe(204);
        (await contract.SendAsync("createContact", agent, [], body: Joe, headers: ("Idempotency-Key", "once"))).ShouldBe(201);
        (await contract.SendAsync(
            "createContact", agent, [], body: """{"contactType":"CUSTOM","displayName":"Eve"}""",
            headers: ("Idempotency-Key", "once"))).ShouldBe(422);
    }

    private static async Task BulkAsync(ApiContract contract, Person agent)
    {
        const string Operations = """
            "operations":[
              {"method":"POST","path":"/groups","bulkId":"bulk","data":{"displayName":"Bulk"}},
              {"method":"PUT","path":"/contacts/bulk","ifNoneMatch":"*",
               "data":{"contactType":"CUSTOM","displayName":"A","groups":["bulkId:bulk"]}},
              {"method":"PATCH","path":"/contacts/bulk","data":{"displayName":"A"}},
              {"method":"DELETE","path":"/contacts/bulk","ifMatch":"\"00000000-1\""}]
            """;
        (await contract.SendAsync("runBulk", agent, [], body: $"{{{Operations},\"failOnErrors\":5}}")).ShouldBe(200);
        (await contract.SendAsync("runBulk", agent, [], body: $"{{{Operations},\"atomic\":true}}")).ShouldBe(422);
    }

    private static async Task GroupsAsync(ApiContract contract, Person agent)
    {
        var friends = (await contract.SendAsync(
            "createGroup", agent, [], body: """{"displayName":"Friends","groupType":"NORMAL"}""")).ShouldBe(201);
        (await contract.SendAsync("createGroup", agent, [], body: """{"displayName":"friends"}""")).ShouldBe(409);
        var id = friends.Value("groupId");
        var joe = await agent.AddContactAsync("Joe");
        (await contract.SendAsync("getGroup", agent, [id])).ShouldBe(200);
        (await contract.SendAsync("getGroup", agent, [id], headers: ("If-None-Match", friends.ETag!))).ShouldBe(304);
        (await contract.SendAsync("changeGroupMembers", agent, [id], body: $$"""{"add":["{{joe}}"],"remove":[]}""")).ShouldBe(200);
        (await contract.SendAsync("removeGroupMember", agent, [id, joe])).ShouldBe(204);
        (await contract.SendAsync("addGroupMember", agent, [id, joe])).ShouldBe(204);
        (await contract.SendAsync("putGroup", agent, [id], body: """{"displayName":"Best friends"}""")).ShouldBe(200);
        (await contract.SendAsync("putGroup", agent, [Unknown], body: """{"displayName":"Family"}""")).ShouldBe(201);
        (await contract.SendAsync("patchGroup", agent, [id], body: """{"groupType":"EXTERNAL","encryptionKeyUrl":null}""")).ShouldBe(200);
        (await contract.SendAsync("patchGroup", agent, [id], body: "{}", headers: ("If-Match", friends.ETag!))).ShouldBe(412);
        const string Query = "?displayName[startsWith]=f&isDefault=false&pageSize=1";
        var list = (await contract.SendAsync("listGroups", agent, [], Query)).ShouldBe(200);
        (await contract.SendAsync("listGroups", agent, [], "?fields=displayName")).ShouldBe(200);
        (await contract.SendAsync("listGroups", agent, [], Query, headers: ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await contract.SendAsync("deleteGroup", agent, [id], "?contacts=delete")).ShouldBe(204);
    }

    private static async Task QueuesAsync(ApiContract contract, Person admin)
    {
        const string Support = """{"name":"Support","phoneNumber":"+1 555 010 0100","description":"Everything that broke"}""";
        var queue = (await contract.SendAsync("createQueue", admin, [], body: Support)).ShouldBe(201);
        var id = queue.Value("queueId");
        (await contract.SendAsync("getQueue", admin, [id])).ShouldBe(200);
        (await contract.SendAsync("getQueue", admin, [id], headers: ("If-None-Match", queue.ETag!))).ShouldBe(304);
        var list = (await contract.SendAsync("listQueues", admin, [], "?name=support")).ShouldBe(200);
        (await contract.SendAsync("listQueues", admin, [], "?name=support", headers: ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await contract.SendAsync("listQueues", admin, [], "?fields=queueId")).ShouldBe(200);
        (await contract.SendAsync(
            "putQueue", admin, [id], body: Support.Replace("100\"", "101\"", StringComparison.Ordinal))).ShouldBe(200);
        (await contract.SendAsync("patchQueue", admin, [id], body: """{"description":null}""")).ShouldBe(200);
        (await contract.SendAsync("deleteQueue", admin, [id], headers: ("If-Match", queue.ETag!))).ShouldBe(412);
        (await contract.SendAsync("deleteQueue", admin, [id])).ShouldBe(204);
    }

    private static async Task SettingsAsync(ApiContract contract, Person admin)
    {
        var settings = (await contract.SendAsync("putSettings", admin, [], body: """{"region":"DE"}""")).ShouldBe(200);
        (await contract.SendAsync("putSettings", admin, [], body: """{"region":null}""")).ShouldBe(200);
        (await contract.SendAsync("putSettings", admin, [], body: "{}", headers: ("If-Match", settings.ETag!))).ShouldBe(412);
        settings = (await contract.SendAsync("getSettings", admin, [])).ShouldBe(200);
        (await contract.SendAsync("getSettings", admin, [], headers: ("If-None-Match", settings.ETag!))).ShouldBe(304);
    }

    private static async Task WebhooksAsync(ApiContract contract, Person agent)
    {
        const string Receiver = """{"url":"https://receiver.invalid/contacts","kinds":["contact","group"],"ownerId":"me"}""";
        var webhook = (await contract.SendAsync("createWebhook", agent, [], body: Receiver)).ShouldBe(201);
        var id = webhook.Value("webhookId");
        (await contract.SendAsync("getWebhook", agent, [id])).ShouldBe(200);
        (await contract.SendAsync("getWebhook", agent, [id], headers: ("If-None-Match", webhook.ETag!))).ShouldBe(304);
        var list = (await contract.SendAsync("listWebhooks", agent, [])).ShouldBe(200);
        (await contract.SendAsync("listWebhooks", agent, [], headers: ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await contract.SendAsync("patchWebhook", agent, [id], body: """{"status":"disabled","kinds":null}""")).ShouldBe(200);
        (await contract.SendAsync("getWebhook", agent, [id])).ShouldBe(200);
        (await contract.SendAsync("patchWebhook", agent, [id], body: "{}", headers: ("If-Match", webhook.ETag!))).ShouldBe(412);
        (await contract.SendAsync("rotateWebhookSecret", agent, [id], headers: ("Idempotency-Key", "rotate"))).ShouldBe(200);
        (await contract.SendAsync("testWebhook", agent, [id], headers: ("Idempotency-Key", "test"))).ShouldBe(200);
        var deliveries = (await contract.SendAsync("listWebhookDeliveries", agent, [id], "?pageSize=10")).ShouldBe(200);
        (await contract.SendAsync(
            "listWebhookDeliveries", agent, [id], "?pageSize=10", headers: ("If-None-Match", deliveries.ETag!))).ShouldBe(304);
        (await contract.SendAsync("deleteWebhook", agent, [id])).ShouldBe(204);
    }

    private static async Task WebexAsync(ApiContract contract, Person agent)
    {
        const string Group = """
            {"displayName":"eyJh.friends","groupType":"NORMAL","encryptionKeyUrl":"kms://kms/keys/1",
             "schemas":"urn:cisco:codev:identity:contact:core:1.0"}
            """;
        const string Joe = """
            {"contactType":"CUSTOM","displayName":"eyJh.joe","phoneNumbers":[{"type":"work","value":"eyJh.number"}],
             "addressInfo":{"city":"eyJh.city","floor":"eyJh.3"},"encryptionKeyUrl":"kms://kms/keys/1","groups":[""],
             "schemas":"urn:cisco:codev:identity:contact:core:1.0","phoneNumber":[{"x":1}]}
            """;
        var group = (await contract.SendAsync("createGroup", agent, [], body: Group)).ShouldBe(201);
        var joe = (await contract.SendAsync("createContact", agent, [], body: Joe)).ShouldBe(201);
        (await contract.SendAsync("createContact", agent, [], body: """{"contactType":"CLOUD","contactId":"ben"}""")).ShouldBe(201);
        (await contract.SendAsync("createContact", agent, [], body: """{"contactType":"CLOUD","contactId":"ben"}""")).ShouldBe(200);
        var list = (await contract.SendAsync("listContacts", agent, [])).ShouldBe(200);
        (await contract.SendAsync("listContacts", agent, [], headers: ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await contract.SendAsync("deleteGroup", agent, [group.Value("groupId")])).ShouldBe(409);
        (await contract.SendAsync("deleteContact", agent, [joe.Value("contactId")])).ShouldBe(204);
        (await contract.SendAsync("deleteContact", agent, ["ben"])).ShouldBe(204);
        (await contract.SendAsync("deleteGroup", agent, [group.Value("groupId")])).ShouldBe(204);
    }

    private static async Task GenesysAsync(ApiContract contract, Person admin)
    {
        const string Joe = """{"name":"Joe","type":"Custom","phoneNumbers":[{"phoneNumber":"+1 555 010 0199","description":"work"}]}""";
        var joe = (await contract.SendAsync("createContact", admin, [], body: Joe)).ShouldBe(201);
        var id = joe["contact"]!["id"]!.GetValue<string>();
        await admin.PostAsync(
            "/scim/v2/Users", $$"""{"schemas":["{{UserUrn}}"],"userName":"ben","emails":[{"value":"ben@example.com"}]}""");
        (await contract.SendAsync(
            "listContacts", admin, [], "?type=Custom&type=User&sortBy=name&order=Descending&limit=10&offset=0")).ShouldBe(200);
        (await contract.SendAsync(
            "listContacts", admin, [], "?filterName=NamesOrPhoneNumberMatches&filterParameters=jo*&fields=name")).ShouldBe(200);
        (await contract.SendAsync("getContact", admin, [id])).ShouldBe(200);
        (await contract.SendAsync("getContact", admin, [id], headers: ("If-None-Match", joe.ETag!))).ShouldBe(304);
        (await contract.SendAsync("putContact", admin, [id], body: """{"name":"Joe Johnson"}""")).ShouldBe(200);
        (await contract.SendAsync("putContact", admin, [id], body: Joe, headers: ("If-Match", joe.ETag!))).ShouldBe(412);
        (await contract.SendAsync("deleteContact", admin, [id])).ShouldBe(200);
        (await contract.SendAsync("getMe", admin, [])).ShouldBe(200);
        (await contract.SendAsync("getVersion", admin, [])).ShouldBe(200);
    }

    private static async Task ScimAsync(ApiContract contract, Person admin)
    {
        await ScimAsync(contract, admin, "", []);
        await ScimAsync(contract, admin, "OfOrganization", [admin.Organization]);
    }

    private static async Task ScimAsync(ApiContract contract, Person admin, string suffix, string[] path)
    {
        var body = $$"""
            {"schemas":["{{UserUrn}}"],"userName":"joe{{suffix}}","name":{"givenName":"Joe"},
             "emails":[{"value":"joe@example.com","type":"work"}],"nickName":"J"}
            """;
        const string Search = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"userName sw \"j\"","count":1,
             "attributes":["userName"]}
            """;
        var joe = (await contract.SendAsync($"createUser{suffix}", admin, path, "?attributes=userName", body)).ShouldBe(201);
        (await contract.SendAsync($"createUser{suffix}", admin, path, body: body)).ShouldBe(409);
        string[] user = [.. path, joe.Value("id")];
        (await contract.SendAsync(
            $"listUsers{suffix}", admin, path,
            "?filter=userName%20sw%20%22j%22&sortBy=userName&sortOrder=descending&startIndex=1&count=5")).ShouldBe(200);
        (await contract.SendAsync($"listUsers{suffix}", admin, path, "?cursor=&count=1&excludedAttributes=emails")).ShouldBe(200);
        (await contract.SendAsync($"searchUsers{suffix}", admin, path, body: Search)).ShouldBe(200);
        (await contract.SendAsync($"search{suffix}", admin, path, body: Search, headers: ("Accept", "application/json"))).ShouldBe(200);
        (await contract.SendAsync($"getUser{suffix}", admin, user)).ShouldBe(200);
        (await contract.SendAsync($"getUser{suffix}", admin, user, headers: ("If-None-Match", joe.ETag!))).ShouldBe(304);
        (await contract.SendAsync($"putUser{suffix}", admin, user, body: body)).ShouldBe(200);
        (await contract.SendAsync($"patchUser{suffix}", admin, user, body: """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations":[{"op":"replace","path":"active","value":false},{"op":"add","value":{"title":"Engineer"}}]}
            """)).ShouldBe(200);
        (await contract.SendAsync($"deleteUser{suffix}", admin, user, headers: ("If-Match", joe.ETag!))).ShouldBe(412);
        (await contract.SendAsync($"deleteUser{suffix}", admin, user)).ShouldBe(204);
        (await contract.SendAsync($"bulk{suffix}", admin, path, body: $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":5,"Operations":[
             {"method":"POST","path":"/Users","bulkId":"a",
              "data":{"schemas":["{{UserUrn}}"],"userName":"ben{{suffix}}"} },{"method":"DELETE","path":"/Users/nobody"}]}
            """)).ShouldBe(200);
        (await contract.SendAsync($"getServiceProviderConfig{suffix}", admin, path)).ShouldBe(200);
        (await contract.SendAsync($"listResourceTypes{suffix}", admin, path)).ShouldBe(200);
        (await contract.SendAsync($"getResourceType{suffix}", admin, [.. path, "User"])).ShouldBe(200);
        (await contract.SendAsync($"listSchemas{suffix}", admin, path)).ShouldBe(200);
        (await contract.SendAsync($"getSchema{suffix}", admin, [.. path, UserUrn])).ShouldBe(200);
    }
}
