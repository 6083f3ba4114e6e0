using System.Text.Json;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>RFC 7644, 3.4.2 and 3.4.3.</summary>
public class ScimListTests(Service service)
{
    private const string SearchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    [Fact]
    public async Task Is_empty_without_users()
    {
        var list = await (await service.AgentAsync()).GetAsync(Users);

        Assert.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"itemsPerPage":0,"startIndex":1,"""
            + "\"Resources\":[]}",
            list.ShouldBe(200).Text);
        Assert.Equal("application/scim+json; charset=utf-8", list.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Shows_users_as_single_reads_do()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "title": "Guide" """);

        var list = await admin.GetAsync(Users);

        list.ShouldHold("""{"totalResults": 1, "itemsPerPage": 1, "startIndex": 1, "nextCursor": null}""");
        Assert.Equal(
            made.Text,
            list["Resources"]![0]!.ToJsonString(
                new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("userName eq \"ANNA\"", "anna")]
    [InlineData("userName ne \"anna\"", "ben carl")]
    [InlineData("userName co \"N\"", "anna ben")]
    [InlineData("userName sw \"b\"", "ben")]
    [InlineData("userName ew \"L\"", "carl")]
    [InlineData("userName gt \"anna\"", "ben carl")]
    [InlineData("userName ge \"anna\"", "anna ben carl")]
    [InlineData("userName lt \"ben\"", "anna")]
    [InlineData("userName le \"ben\"", "anna ben")]
    [InlineData("title pr", "anna ben")]
    [InlineData("TITLE EQ \"boss\"", "anna")]
    [InlineData("not (title pr)", "carl")]
    [InlineData("title eq null", "carl")]
    [InlineData("active eq false", "carl")]
    [InlineData("active eq \"True\"", "anna ben")]
    [InlineData("title eq \"boss\" or title eq \"guide\" and userName eq \"anna\"", "anna")]
    [InlineData("(title eq \"boss\" or title eq \"guide\") and not (userName eq \"anna\")", "ben")]
    [InlineData("name.familyName eq \"O'Malley\"", "ben")]
    [InlineData("emails eq \"anna@home.example\"", "anna")]
    [InlineData("emails.value eq \"ANNA@Work.Example\"", "anna")]
    [InlineData("emails eq \"carl@left.example\"", "carl")] // not active: the contact has no addresses
    [InlineData("emails[type eq \"home\"].value eq \"anna@work.example\"", "")]
    [InlineData("emails[type eq \"work\" and value eq \"anna@work.example\"]", "anna")]
    [InlineData("emails[value eq \"anna@work.example\" or value eq \"ben@work.example\"]", "anna ben")]
    [InlineData("emails eq \"anna@home.example\" or emails eq \"ben@work.example\" or externalId eq \"e-1\"", "anna ben")]
    [InlineData("not (emails eq \"anna@home.example\" or userName eq \"carl\")", "ben")]
    [InlineData("emails ne \"ben@work.example\"", "anna carl")]
    [InlineData("not (emails eq \"ben@work.example\" and active eq true) and not (externalId pr)", "carl")]
    [InlineData("externalId ne \"e-1\" and active ne true", "carl")]
    [InlineData("not (active eq true or not (title eq \"none\"))", "")]
    [InlineData("userName eq \"anna\" or userName eq \"BEN\" and title ne \"guide\"", "anna")]
    [InlineData("id pr and not (id eq \"anna\" or id eq \"ben\")", "anna ben carl")]
    [InlineData("emails.value co \"@work\"", "anna ben")]
    [InlineData("emails[type eq \"home\" and value co \"anna\"]", "anna")]
    [InlineData("emails[type eq \"work\" and value co \"home\"]", "")]
    [InlineData("emails[type eq \"work\"].value eq \"ben@work.example\"", "ben")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"anna\"", "anna")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"tours\"", "ben")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"m-1\"", "ben")]
    [InlineData("urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses[value ew \"sip.example\"]", "carl")]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"", "ben")]
    [InlineData("externalId eq \"e-1\"", "anna")]
    [InlineData("externalId eq \"E-1\"", "")]
    [InlineData("meta.resourceType eq \"User\"", "anna ben carl")]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:34Z\"", "anna ben carl")]
    [InlineData("meta.created lt \"2011-05-13T04:42:34Z\"", "")]
    [InlineData("userName eq \"100%_\\\"' OR 1=1\"", "")]
    public async Task Finds_by_filter(string filter, string expected)
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("anna", """
            "externalId": "e-1", "title": "Boss", "emails": [{"value": "anna@home.example", "type": "home"},
            {"value": "anna@work.example", "type": "work"}]
            """);
        await admin.AddUserAsync("ben", $$"""
            "title": "Guide", "name": {"familyName": "O'Malley"}, "emails": [{"value": "ben@work.example", "type": "work"}],
            "{{Enterprise}}": {"department": "Tours", "manager": {"value": "m-1"} }
            """);
        await admin.AddUserAsync("carl", $$"""
            "active": false, "emails": [{"value": "Carl@Left.example"}],
            "{{WebexIdentity}}": {"sipAddresses": [{"value": "carl@sip.example", "type": "enterprise"}]}
            """);

        var list = await admin.FilterAsync(filter, "&sortBy=userName");

        Assert.Equal(expected, list.UserNames());
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, list.Total());
        var search = $$"""{"schemas": ["{{SearchRequest}}"], "filter": {{JsonSerializer.Serialize(filter)}}, "sortBy": "userName"}""";
        Assert.Equal(list.Text, (await SearchAsync(admin, search)).Text);
    }

    [Fact]
    public async Task Finds_users_changed_since_a_time()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("anna");
        var ben = await admin.AddUserAsync("ben");
        var carl = await admin.AddUserAsync("carl");
        var since = carl["meta"]!["lastModified"]!.GetValue<string>();

        Assert.Equal("", (await admin.FilterAsync($"meta.lastModified gt \"{since}\"")).UserNames());
        (await admin.ScimAsync("PATCH", ben.Location!, Patch("""{"op": "add", "path": "title", "value": "x"}"""))).ShouldBe(200);

        Assert.Equal("ben", (await admin.FilterAsync($"meta.lastModified gt \"{since}\"")).UserNames());
        Assert.Equal("ben carl", (await admin.FilterAsync($"meta.lastModified ge \"{since}\"", "&sortBy=userName")).UserNames());
        Assert.Equal(
            "carl",
            (await admin.FilterAsync($"meta.version eq \"{carl.ETag!.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")).UserNames());
    }

    // How the Webex SDK fetches the users behind its contacts.
    [Fact]
    public async Task Finds_sixty_users_by_their_ids()
    {
        var admin = await service.AdminAsync();
        var ids = new List<string>();
        for (var i = 0; i < 70; i++)
        {
            ids.Add(await admin.AddUserIdAsync($"user{i}"));
        }

        var asked = ids.Skip(5).Take(60).ToList();
        var list = await admin.FilterAsync(string.Join(" or ", asked.Select(id => $"id eq \"{id}\"")));

        Assert.Equal(60, list.Total());
        Assert.Equal(asked.Order(StringComparer.Ordinal), list.Values("Resources", "id"));
        Assert.Equal(
            0, (await admin.FilterAsync($"id eq \"{ids[0].ToUpperInvariant()}\" or id eq \"{ids[1].ToUpperInvariant()}\"")).Total());
        Assert.Equal("user0 user69", (await admin.FilterAsync($"id eq \"{ids[0]}\" or userName eq \"user69\" or id eq \"x\"")).UserNames());
    }

    [Theory]
    [InlineData("", 1, "a b c d e")]
    [InlineData("&startIndex=1&count=2", 1, "a b")]
    [InlineData("&startIndex=4&count=2", 4, "d e")]
    [InlineData("&startIndex=5&count=2", 5, "e")]
    [InlineData("&startIndex=6", 6, "")]
    [InlineData("&startIndex=0&count=1", 1, "a")] // less than 1 is 1 (RFC 7644, 3.4.2.4)
    [InlineData("&startIndex=-7&count=1", 1, "a")]
    [InlineData("&startIndex=2147483647", 2147483647, "")]
    [InlineData("&count=0", 1, "")]
    [InlineData("&count=-3", 1, "")] // negative is 0
    [InlineData("&count=2147483647", 1, "a b c d e")]
    public async Task Is_read_in_pages(string page, int startIndex, string expected)
    {
        var admin = await service.AdminAsync();
        foreach (var name in "c a e b d".Split(' '))
        {
            await admin.AddUserAsync(name);
        }

        var list = await admin.GetAsync($"{Users}?sortBy=userName{page}");

        Assert.Equal(expected, list.UserNames());
        var itemsPerPage = expected.Replace(" ", "", StringComparison.Ordinal).Length;
        list.ShouldHold($$"""{"totalResults": 5, "startIndex": {{startIndex}}, "itemsPerPage": {{itemsPerPage}}}""");
    }

    [Theory]
    [InlineData("startIndex=x", "invalidValue", "startIndex")]
    [InlineData("count=", "invalidValue", "count")]
    [InlineData("count=1.5", "invalidValue", "count")]
    [InlineData("count=2147483648", "invalidValue", "count")]
    [InlineData("cursor=&count=x", "invalidCount", "count")] // RFC 9865, 2.1
    [InlineData("cursor=&count=0", "invalidCount", "count")]
    [InlineData("cursor=&count=-3", "invalidCount", "count")]
    [InlineData("cursor=&startIndex=1", "invalidValue", "startIndex")]
    [InlineData("cursor=abc", "invalidCursor", "")]
    [InlineData("sortBy=shoeSize", "invalidPath", "shoeSize")]
    [InlineData("sortBy=name", "invalidPath", "name")]
    [InlineData("sortBy=password", "invalidPath", "password")]
    [InlineData("sortBy=userName&sortOrder=up", "invalidValue", "sortOrder")]
    [InlineData("filter=", "invalidFilter", "end of the filter")]
    [InlineData("filter=userName", "invalidFilter", "operator after userName")]
    [InlineData("filter=userName%20eq", "invalidFilter", "value after userName")]
    [InlineData("filter=userName%20eq%20anna", "invalidFilter", "double quotes")]
    [InlineData("filter=userName%20is%20%22a%22", "invalidFilter", "'is'")]
    [InlineData("filter=shoeSize%20eq%20%22a%22", "invalidFilter", "'shoeSize'")]
    [InlineData("filter=emails.shoeSize%20eq%20%22a%22", "invalidFilter", "'emails.shoeSize'")]
    [InlineData("filter=active%20gt%20true", "invalidFilter", "active")]
    [InlineData("filter=meta.created%20gt%20%22yesterday%22", "invalidFilter", "meta.created")]
    [InlineData("filter=(userName%20pr", "invalidFilter", "')'")]
    [InlineData("filter=userName%20pr%20title%20pr", "invalidFilter", "'title'")]
    [InlineData("filter=userName%20eq%20%22a", "invalidFilter", "")]
    [InlineData("filter=emails%5Btype%20eq%20%22work%22", "invalidFilter", "']'")]
    [InlineData("attributes=emails.shoeSize", "invalidPath", "emails.shoeSize")]
    [InlineData("excludedAttributes=urn:x:y", "invalidPath", "urn:x:y")]
    public async Task Refuses_invalid_queries_and_explains_why(string query, string scimType, string detail) =>
        (await (await service.AgentAsync()).GetAsync($"{Users}?{query}")).ShouldBeScimError(400, scimType, detail);

    [Theory]
    [InlineData("sortBy=userName", "Anna ben Carl")]
    [InlineData("sortBy=USERNAME&sortOrder=Ascending", "Anna ben Carl")]
    [InlineData("sortBy=userName&sortOrder=descending", "Carl ben Anna")]
    [InlineData("sortOrder=descending", "ben Carl Anna")] // of no sortBy: ignored (RFC 7644, 3.4.2.3)
    [InlineData("sortBy=id", "ben Carl Anna")]
    [InlineData("sortBy=title", "Carl Anna ben")] // who has none comes last
    [InlineData("sortBy=title&sortOrder=descending", "ben Anna Carl")]
    [InlineData("sortBy=emails", "Carl ben Anna")] // by the primary one
    [InlineData("sortBy=name.familyName", "Anna ben Carl")]
    [InlineData("sortBy=meta.created&sortOrder=descending", "Anna Carl ben")]
    [InlineData("sortBy=meta.lastModified", "ben Carl Anna")]
    public async Task Is_sorted(string query, string expected)
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("ben", """ "emails": [{"value": "b@x.org"}], "name": {"familyName": "m"} """);
        await admin.AddUserAsync(
            "Carl",
            """ "title": "a", "emails": [{"value": "z@x.org"}, {"value": "A@x.org", "primary": true}], "name": {"familyName": "Z"} """);
        await admin.AddUserAsync("Anna", """ "title": "B", "emails": [{"value": "c@x.org"}], "name": {"familyName": "A"} """);

        Assert.Equal(expected, (await admin.GetAsync($"{Users}?{query}")).UserNames());
        var names = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await admin.GetAsync($"{Users}?{query}&count=1&cursor={cursor}")).ShouldBe(200);
            names.AddRange(page.Values("Resources", "userName"));
            Assert.Null(page["startIndex"]);
            Assert.Equal(3, page.Total());
            cursor = page["nextCursor"]?.GetValue<string>();
        }

        Assert.Equal(expected, string.Join(' ', names));
    }

    // RFC 9865.
    [Theory]
    [InlineData("")]
    [InlineData("&sortBy=userName")]
    [InlineData("&sortBy=userName&sortOrder=descending")]
    [InlineData("&sortBy=meta.created&sortOrder=descending")]
    public async Task Returns_every_user_once_by_cursor_during_concurrent_writes(string order)
    {
        var admin = await service.AdminAsync();
        var stay = new List<string>();
        var leave = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            stay.Add(await admin.AddUserIdAsync($"stay{i:00}"));
            leave.Add(await admin.AddUserIdAsync($"leave{i:00}"));
        }

        var seen = new List<string>();
        var pages = 0;
        for (var cursor = ""; cursor is not null; pages++)
        {
            var page = (await admin.GetAsync($"{Users}?count=7&cursor={cursor}{order}&attributes=userName")).ShouldBe(200);
            seen.AddRange(page.Values("Resources", "id"));
            cursor = page["nextCursor"]?.GetValue<string>();
            await admin.AddUserIdAsync($"new{pages:00}");
            (await admin.ScimAsync("DELETE", $"{Users}/{leave[pages]}")).ShouldBe(204);
            (await admin.ScimAsync("DELETE", $"{Users}/{leave[^(pages + 1)]}")).ShouldBe(204);
        }

        Assert.True(pages > 4, $"{pages}");
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(stay.Except(seen));
    }

    [Fact]
    public async Task Accepts_a_cursor_only_for_its_query()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("anna");
        await admin.AddUserAsync("ben");
        var first = (await admin.GetAsync($"{Users}?cursor=&count=1&sortBy=userName")).ShouldBe(200);
        var cursor = first.Value("nextCursor");

        var last = await admin.GetAsync($"{Users}?cursor={cursor}&count=5&sortBy=userName"); // the size may change (RFC 9865, 2.1)
        Assert.Equal("ben", last.UserNames());
        Assert.Null(last["nextCursor"]);
        Assert.Equal(
            "ben",
            (await SearchAsync(admin, $$"""{"schemas": ["{{SearchRequest}}"], "cursor": "{{cursor}}", "count": 1, "sortBy": "userName"}"""))
                .UserNames());

        (await admin.GetAsync($"{Users}?cursor={cursor}")).ShouldBeScimError(400, "invalidCursor");
        (await admin.GetAsync($"{Users}?cursor={cursor}&sortBy=userName&sortOrder=descending")).ShouldBeScimError(400, "invalidCursor");
        (await admin.GetAsync($"{Users}?cursor={cursor}&sortBy=userName&filter=title%20pr")).ShouldBeScimError(400, "invalidCursor");
        (await admin.GetAsync($"{Users}?cursor={cursor}x&sortBy=userName")).ShouldBeScimError(400, "invalidCursor");
        (await (await service.AdminAsync()).GetAsync($"{Users}?cursor={cursor}&sortBy=userName")).ShouldBeScimError(400, "invalidCursor");
    }

    [Fact]
    public async Task Accepts_the_query_in_a_body()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("anna", """ "title": "Boss" """);
        await admin.AddUserAsync("ben", """ "title": "Guide" """);
        await admin.AddUserAsync("carl");

        foreach (var address in new[] { "/scim/v2/.search", "/scim/v2/Users/.search" })
        {
            var list = (await admin.ScimAsync("POST", address, $$"""
                {"schemas": ["{{SearchRequest}}"], "attributes": ["userName", "title"], "filter": "title pr", "sortBy": "userName",
                 "sortOrder": "descending", "startIndex": 1, "count": 10}
                """)).ShouldBe(200);

            Assert.Equal("ben anna", list.UserNames());
            list.ShouldHold("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                 "totalResults": 2, "startIndex": 1, "itemsPerPage": 2}
                """);
            Assert.Null(list["Resources"]![0]!["meta"]);
            Assert.Equal("Guide", list["Resources"]![0]!["title"]!.GetValue<string>());
        }

        var untitled = await SearchAsync(admin, $$"""{"schemas": ["{{SearchRequest}}"], "excludedAttributes": ["title"]}""");
        Assert.Null(untitled["Resources"]![0]!["title"]);
    }

    [Fact]
    public async Task Reads_the_members_of_a_search_case_insensitively()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("anna", """ "title": "Boss" """);
        await admin.AddUserAsync("ben");

        var list = await SearchAsync(
            admin, $$"""{"Schemas": ["{{SearchRequest.ToLowerInvariant()}}"], "FILTER": "title pr", "Attributes": ["userName"]}""");

        Assert.Equal("anna", list.UserNames());
        Assert.Null(list["Resources"]![0]!["title"]);
    }

    [Fact]
    public async Task Accepts_a_filter_that_is_too_long_for_an_address()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserIdAsync("anna");
        await admin.AddUserAsync("ben");
        var ids = Enumerable.Range(0, 300).Select(_ => $"{Guid.NewGuid()}").Append(anna);

        var list = await SearchAsync(
            admin,
            $$"""{"schemas": ["{{SearchRequest}}"], "filter": "{{string.Join(" or ", ids.Select(id => $"id eq \\\"{id}\\\""))}}"}""");

        Assert.Equal("anna", list.UserNames());
    }

    [Fact]
    public async Task Refuses_text_that_cannot_be_stored() =>
        (await (await service.AgentAsync()).FilterAsync("title eq \"a\\u0000\"")).ShouldBeScimError(400, "invalidFilter", "title");

    [Theory]
    [InlineData("""{"filter": "title pr"}""", "invalidSyntax", "SearchRequest")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "where": "title pr"}""", "invalidSyntax", "'where'")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": ["title pr"]}""", "invalidValue", "filter")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "shoeSize pr"}""", "invalidFilter", "'shoeSize'")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count": 1.5}""", "invalidValue", "count")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "attributes": "title"}""", "invalidValue", "attributes")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "cursor": "abc"}""", "invalidCursor", "")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], """, "invalidSyntax", "JSON")]
    public async Task Refuses_an_invalid_search(string body, string scimType, string detail) =>
        (await SearchAsync(await service.AgentAsync(), body)).ShouldBeScimError(400, scimType, detail);

    private static Task<Reply> SearchAsync(Person person, string body) => person.ScimAsync("POST", $"{Users}/.search", body);
}
