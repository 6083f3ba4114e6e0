using System.Text.Json.Nodes;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>RFC 7644, 3.3 to 3.6.</summary>
public class ScimUserTests(Service service)
{
    [Fact]
    public async Task Is_created_once_by_a_retry_with_the_same_key()
    {
        var admin = await service.AdminAsync();
        const string Body = $$"""{"schemas": ["{{Core}}"], "userName": "once"}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.PostAsync(Users, Body, ("Idempotency-Key", "k"))));

        Assert.All(replies, reply => reply.ShouldBe(201));
        var first = Assert.Single(
            replies.Select(reply => (reply.Text, reply.ETag, reply.Location, reply.Headers["Content-Type"])).Distinct());
        Assert.Equal("application/scim+json; charset=utf-8", first.Item4);
    }

    [Fact]
    public async Task Does_not_grow_beyond_a_request()
    {
        var admin = await service.AdminAsync();
        var user = (await admin.PostAsync(Users, $$"""{"schemas": ["{{Core}}"], "userName": "large"}""")).ShouldBe(201).Location!;
        var long1 = new string('x', 16_000);
        var replies = new List<Reply>();
        do
        {
            var addresses = string.Join(
                ',', Enumerable.Range(0, 10).Select(i => $$"""{"type": "{{replies.Count}}-{{i}}", "streetAddress": "{{long1}}"}"""));
            replies.Add(await admin.ScimAsync("PATCH", new Uri(user).AbsolutePath, $$"""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "add", "path": "addresses", "value": [{{addresses}}]}]}
                """.Trim()));
        }
        while ((int)replies[^1].Status == 200);

        replies[^1].ShouldBe(413);
        Assert.Equal(2, replies.Count);
    }

    [Fact]
    public async Task Is_created_with_an_id_of_the_service()
    {
        var admin = await service.AdminAsync();

        var made = (await admin.ScimAsync("POST", Users, User("bjensen", """
            "id": "mine", "externalId": "e-1", "name": {"formatted": "Barbara J Jensen"}, "meta": {"resourceType": "Group", "version": "x"}
            """))).ShouldBe(201);

        var id = made.Value("id");
        Assert.True(Guid.TryParseExact(id, "D", out _), id);
        Assert.Equal($"{service.Address}scim/v2/Users/{id}", made.Location);
        Assert.Matches("^W/\"[0-9]+\"$", made.ETag);
        Assert.Equal("application/scim+json; charset=utf-8", made.Headers["Content-Type"]);
        made.ShouldHold($$"""
            {"schemas": ["{{Core}}"], "userName": "bjensen", "externalId": "e-1", "active": true,
             "name": {"formatted": "Barbara J Jensen"} }
            """);
        var meta = made["meta"]!;
        Assert.Equal("User", meta["resourceType"]!.GetValue<string>());
        Assert.Equal(made.Location, meta["location"]!.GetValue<string>());
        Assert.Equal(made.ETag, meta["version"]!.GetValue<string>());
        Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$", meta["created"]!.GetValue<string>());
        Assert.Equal(meta["created"]!.GetValue<string>(), meta["lastModified"]!.GetValue<string>());

        var read = (await admin.GetAsync(made.Location!)).ShouldBe(200);
        Assert.Equal(made.Text, read.Text);
        Assert.Equal(made.ETag, read.ETag);
    }

    [Fact]
    public async Task Is_a_contact_for_all_users()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");

        var id = await admin.AddUserIdAsync("bjensen", $$"""
            "displayName": "Babs", "name": {"givenName": "Barbara", "familyName": "Jensen"}, "title": "Guide",
            "emails": [{"value": "babs@example.com", "type": "work", "primary": true}],
            "phoneNumbers": [{"value": "+1 555 0100", "type": "mobile"}],
            "addresses": [{"type": "work", "streetAddress": "1 Main St", "locality": "Ulm", "region": "BW", "postalCode": "89073",
            "country": "DE"}],
            "photos": [{"value": "https://example.com/babs.png", "type": "photo"}],
            "{{Enterprise}}": {"employeeNumber": "701984", "organization": "Example", "department": "Tours",
            "manager": {"value": "m-1", "displayName": "John"} },
            "{{WebexIdentity}}": {"sipAddresses": [{"value": "babs@sip.example.com", "type": "enterprise"}]}
            """);

        (await ann.GetAsync($"/contacts/{id}")).ShouldBe(200).ShouldHold($$"""
            {"contactId": "{{id}}", "contactType": "CLOUD", "ownerId": "{{admin.Organization}}", "displayName": "Babs",
             "userName": "bjensen", "employeeId": "701984",
             "firstName": "Barbara", "lastName": "Jensen", "title": "Guide", "companyName": "Example", "department": "Tours",
             "manager": "John",
             "avatarURL": "https://example.com/babs.png",
             "emails": [{"type": "work", "value": "babs@example.com", "primary": true}],
             "phoneNumbers": [{"type": "mobile", "value": "+1 555 0100"}],
             "sipAddresses": [{"type": "enterprise", "value": "babs@sip.example.com"}],
             "addressInfo": {"street": "1 Main St", "city": "Ulm", "state": "BW", "zipCode": "89073", "country": "DE"} }
            """);
        Assert.Equal([id], (await ann.GetAsync("/contacts?userName=BJensen")).Values("contacts", "contactId"));
    }

    [Fact]
    public async Task Is_replaced_and_loses_what_is_left_out()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "title": "Guide", "nickName": "Babs", "displayName": "Barbara" """);

        var replaced = (await admin.ScimAsync("PUT", made.Location!, User("babs", """ "id": "another", "title": "Boss" """))).ShouldBe(200);

        replaced.ShouldHold(
            $$"""
            {"id": "{{made.Value("id")}}", "userName": "babs", "title": "Boss", "active": true, "nickName": null, "displayName": null}
            """);
        Assert.NotEqual(made.ETag, replaced.ETag);
        Assert.Equal(replaced.ETag, replaced["meta"]!["version"]!.GetValue<string>());
        Assert.Equal(made["meta"]!["created"]!.GetValue<string>(), replaced["meta"]!["created"]!.GetValue<string>());
        var before = made["meta"]!["lastModified"]!.GetValue<string>();
        Assert.True(string.CompareOrdinal(replaced["meta"]!["lastModified"]!.GetValue<string>(), before) > 0);
        Assert.Equal(replaced.Text, (await admin.GetAsync(made.Location!)).Text);
        Assert.Equal("babs", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Is_patched()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "title": "Guide", "nickName": "Babs" """);

        var patched = (await admin.ScimAsync("PATCH", made.Location!, Patch("""
            {"op": "replace", "path": "title", "value": "Boss"}, {"op": "remove", "path": "nickName"},
             {"op": "add", "value": {"displayName": "Barbara"}}
            """))).ShouldBe(200);

        patched.ShouldHold("""{"userName": "bjensen", "title": "Boss", "nickName": null, "displayName": "Barbara"}""");
        Assert.NotEqual(made.ETag, patched.ETag);
        Assert.Equal(patched.Text, (await admin.GetAsync(made.Location!)).Text);
        Assert.Equal("Barbara", await admin.ContactNamesAsync());
    }

    // RFC 7644, 3.5.2.1: what changes nothing leaves the time and the version.
    [Fact]
    public async Task Keeps_its_version_when_nothing_changes()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "title": "Guide", "emails": [{"value": "a@x.org", "type": "work"}] """);

        var same = await admin.ScimAsync("PATCH", made.Location!, Patch(
            """{"op": "add", "path": "emails", "value": [{"value": "a@x.org"}]}, {"op": "replace", "path": "title", "value": "Guide"}"""));
        var again = await admin.ScimAsync(
            "PUT", made.Location!, User("bjensen", """ "emails": [{"type": "work", "value": "a@x.org"}], "title": "Guide" """));

        Assert.Equal(made.Text, same.ShouldBe(200).Text);
        Assert.Equal(made.Text, again.ShouldBe(200).Text);
        Assert.Equal(made.ETag, again.ETag);
        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).Text);
    }

    // RFC 7644, 3.5.2.3: the sub-attributes that are given. What the old manager was called is not the name of a new one.
    [Theory]
    [InlineData("add", """{"displayName": "New"}""", """{"value": "m", "$ref": "../Users/m", "displayName": "New"}""")]
    [InlineData("replace", """{"displayName": "New"}""", """{"value": "m", "$ref": "../Users/m", "displayName": "New"}""")]
    [InlineData("replace", """{"value": "m", "displayName": "New"}""", """{"value": "m", "$ref": "../Users/m", "displayName": "New"}""")]
    [InlineData("add", """{"value": "n"}""", """{"value": "n"}""")]
    [InlineData("replace", "\"n\"", """{"value": "n"}""")]
    [InlineData("replace", """{"value": "n", "displayName": "Nora"}""", """{"value": "n", "displayName": "Nora"}""")]
    public async Task Changes_the_given_parts_of_its_manager(string op, string value, string expected)
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync(
            "anna", $$""" "{{Enterprise}}": {"manager": {"value": "m", "$ref": "../Users/m", "displayName": "Max"} } """);

        var patched = await admin.ScimAsync(
            "PATCH", made.Location!, Patch($$"""{"op": "{{op}}", "path": "{{Enterprise}}:manager", "value": {{value}}}"""));

        patched.ShouldBe(200).ShouldHold($$"""{"{{Enterprise}}": {"manager": {{expected}} } }""");
    }

    // As older pages of Entra ID have it.
    [Fact]
    public async Task Has_a_manager_by_the_short_name()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("anna");

        var patched = await admin.ScimAsync(
            "PATCH", made.Location!, Patch("""{"op": "Add", "path": "manager", "value": [{"$ref": "../Users/m", "value": "m"}]}"""));

        patched.ShouldBe(200).ShouldHold($$"""{"{{Enterprise}}": {"manager": {"$ref": "../Users/m", "value": "m"} } }""");
        Assert.Equal("anna", (await admin.FilterAsync("manager eq \"m\"")).UserNames());
        Assert.Equal("", (await admin.FilterAsync("Manager.value eq \"n\"")).UserNames());
    }

    // RFC 7643, 2.4: the flag is assumed to be false.
    [Fact]
    public async Task Has_entries_that_are_not_primary_without_saying_so()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("anna", """ "emails": [{"value": "a@x.org", "primary": true}, {"value": "b@x.org"}] """);
        await admin.AddUserAsync("ben", """ "emails": [{"value": "c@x.org", "primary": true}] """);
        await admin.AddUserAsync("carl");

        Assert.Equal("anna", (await admin.FilterAsync("emails[primary eq false]")).UserNames());
        Assert.Equal("anna", (await admin.FilterAsync("emails.primary eq false")).UserNames());
        Assert.Equal("anna ben", (await admin.FilterAsync("emails[primary ne false]", "&sortBy=userName")).UserNames());
        var patched = await admin.ScimAsync(
            "PATCH", made.Location!, Patch("""{"op": "replace", "path": "emails[primary eq false].value", "value": "z@x.org"}"""));

        patched.ShouldBe(200).ShouldHold("""{"emails": [{"value": "a@x.org", "primary": true}, {"value": "z@x.org"}]}""");
    }

    // RFC 7644, 3.5.2: all operations or none.
    [Fact]
    public async Task Stays_as_it_is_when_one_operation_of_a_patch_fails()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen");

        (await admin.ScimAsync(
            "PATCH",
            made.Location!,
            Patch("""{"op": "replace", "path": "title", "value": "Boss"}, {"op": "replace", "path": "id", "value": "x"}""")))
            .ShouldBeScimError(400, "mutability", "id");

        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).Text);
    }

    [Fact]
    public async Task Is_deleted()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "externalId": "e-1" """);

        var gone = (await admin.ScimAsync("DELETE", made.Location!)).ShouldBe(204);

        Assert.Equal("", gone.Text);
        (await admin.GetAsync(made.Location!)).ShouldBeScimError(404);
        (await admin.ScimAsync("PUT", made.Location!, User("bjensen"))).ShouldBeScimError(404);
        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "title", "value": "x"}""")))
            .ShouldBeScimError(404);
        (await admin.ScimAsync("DELETE", made.Location!)).ShouldBeScimError(404);
        Assert.Equal("", await admin.ContactNamesAsync());
        (await admin.GetAsync($"/contacts/{made.Value("id")}")).ShouldBeProblem(404, "not-found");
        await admin.AddUserAsync("bjensen", """ "externalId": "e-1" """); // both are free again
    }

    [Fact]
    public async Task Leaves_the_directory_when_it_is_not_active()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen", """ "active": false, "title": "Guide" """);

        made.ShouldHold("""{"active": false, "title": "Guide"}""");
        Assert.Equal("", await admin.ContactNamesAsync());

        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "active", "value": true}"""))).ShouldBe(200);
        Assert.Equal("Guide", (await admin.GetAsync($"/contacts/{made.Value("id")}")).ShouldBe(200).Value("title"));

        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "active", "value": false}"""))).ShouldBe(200);
        (await admin.GetAsync($"/contacts/{made.Value("id")}")).ShouldBeProblem(404, "not-found");
        (await admin.GetAsync(made.Location!)).ShouldBe(200).ShouldHold("""{"active": false, "title": "Guide"}""");
    }

    [Fact]
    public async Task Keeps_its_name_in_books_that_contain_it()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var made = await admin.AddUserAsync("bjensen", """ "displayName": "Babs", "title": "Guide" """);
        var contact = $"/contacts/{made.Value("id")}";
        (await ann.PostAsync("/contacts", $$"""{"contactType": "CLOUD", "contactId": "{{made.Value("id")}}"}""")).ShouldBe(201);
        Assert.Equal("Guide", (await ann.GetAsync(contact)).Value("title"));

        (await admin.ScimAsync("DELETE", made.Location!)).ShouldBe(204);

        (await ann.GetAsync(contact)).ShouldBe(200).ShouldHold("""{"displayName": "Babs", "title": null, "resolved": false}""");
        Assert.Equal("", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Has_a_user_name_that_is_unique_in_any_case()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("bjensen@Example.com");
        var other = await admin.AddUserAsync("other");

        (await admin.ScimAsync("POST", Users, User("BJENSEN@example.com"))).ShouldBeScimError(409, "uniqueness", "userName");
        (await admin.ScimAsync("PUT", other.Location!, User("BJensen@example.com"))).ShouldBeScimError(409, "uniqueness", "userName");
        (await admin.ScimAsync(
            "PATCH", other.Location!, Patch("""{"op": "replace", "path": "userName", "value": "bjensen@EXAMPLE.com"}""")))
            .ShouldBeScimError(409, "uniqueness", "userName");

        Assert.Equal(other.Text, (await admin.GetAsync(other.Location!)).Text);
        Assert.Equal(2, (await admin.GetAsync(Users)).Total());
        Assert.Equal("bjensen@Example.com other", await admin.ContactNamesAsync());
        (await admin.ScimAsync("PUT", other.Location!, User("OTHER"))).ShouldBe(200); // its own name in another case
    }

    [Fact]
    public async Task Has_an_external_id_that_is_unique()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("a", """ "externalId": "e-1" """);
        var other = await admin.AddUserAsync("b", """ "externalId": "E-1" """); // caseExact: another one

        (await admin.ScimAsync("POST", Users, User("c", """ "externalId": "e-1" """))).ShouldBeScimError(409, "uniqueness", "externalId");
        (await admin.ScimAsync("PATCH", other.Location!, Patch("""{"op": "replace", "path": "externalId", "value": "e-1"}""")))
            .ShouldBeScimError(409, "uniqueness", "externalId");

        await admin.AddUserAsync("c");
        await admin.AddUserAsync("d"); // none is not the same as another's none
        Assert.Equal("a b c d", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Has_no_external_id_when_it_is_empty()
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("a", """ "externalId": "" """);
        await admin.AddUserAsync("b", """ "externalId": "" """);

        Assert.Equal("", (await admin.FilterAsync("externalId pr")).UserNames());
    }

    [Theory]
    [InlineData(""" "displayName": "", "name": {"formatted": "Ann Lee", "givenName": "Anna"} """, "Ann Lee")]
    [InlineData(""" "displayName": "", "name": {"formatted": "", "givenName": "Ann", "familyName": ""} """, "Ann")]
    [InlineData(""" "displayName": "", "name": {"formatted": "", "givenName": "", "familyName": ""} """, "a")]
    public async Task Has_a_display_name_that_is_not_empty(string names, string expected)
    {
        var admin = await service.AdminAsync();
        await admin.AddUserAsync("a", names);

        Assert.Equal(expected, await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Can_have_the_user_name_of_a_user_in_another_organization()
    {
        await (await service.AdminAsync()).AddUserAsync("bjensen", """ "externalId": "e-1" """);
        await (await service.AdminAsync()).AddUserAsync("bjensen", """ "externalId": "e-1" """);
    }

    [Fact]
    public async Task Is_created_once_by_fifty_concurrent_clients()
    {
        var admin = await service.AdminAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => admin.ScimAsync("POST", Users, User(i % 2 == 0 ? "bjensen" : "BJensen"))));

        Assert.Single(replies, reply => (int)reply.Status == 201);
        foreach (var reply in replies.Where(reply => (int)reply.Status != 201))
        {
            reply.ShouldBeScimError(409, "uniqueness", "userName");
        }

        Assert.Equal(1, (await admin.GetAsync(Users)).Total());
        Assert.Single((await admin.GetAsync("/contacts"))["contacts"]!.AsArray());
    }

    [Fact]
    public async Task Is_changed_only_in_the_version_that_was_read()
    {
        var admin = await service.AdminAsync();
        var old = await admin.AddUserAsync("bjensen");
        var current = (await admin.ScimAsync("PUT", old.Location!, User("bjensen", """ "title": "1" """), ("If-Match", old.ETag!)))
            .ShouldBe(200);

        (await admin.ScimAsync("PUT", old.Location!, User("bjensen", """ "title": "2" """), ("If-Match", old.ETag!)))
            .ShouldBeScimError(412, null, current.ETag!);
        (await admin.ScimAsync("PATCH", old.Location!, Patch("""{"op": "remove", "path": "title"}"""), ("If-Match", old.ETag!)))
            .ShouldBeScimError(412);
        (await admin.ScimAsync("DELETE", old.Location!, null, ("If-Match", old.ETag!))).ShouldBeScimError(412);
        Assert.Equal(current.Text, (await admin.GetAsync(old.Location!)).Text);

        var patched = (await admin.ScimAsync(
            "PATCH", old.Location!, Patch("""{"op": "remove", "path": "title"}"""), ("If-Match", $"{old.ETag}, {current.ETag}")))
            .ShouldBe(200);
        (await admin.ScimAsync("PUT", old.Location!, User("bjensen"), ("If-Match", patched.ETag![2..])))
            .ShouldBe(200); // a strong tag names the same version
        (await admin.ScimAsync("DELETE", old.Location!, null, ("If-Match", "*"))).ShouldBe(204);
    }

    [Fact]
    public async Task Is_not_sent_again_while_unchanged()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen");

        foreach (var tag in new[] { made.ETag!, made.ETag![2..], "*", $"W/\"1000\", {made.ETag}" })
        {
            var same = (await admin.GetAsync(made.Location!, ("If-None-Match", tag))).ShouldBe(304);
            Assert.Equal("", same.Text);
            Assert.Equal(made.ETag, same.ETag);
        }

        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "add", "path": "title", "value": "x"}"""))).ShouldBe(200);
        (await admin.GetAsync(made.Location!, ("If-None-Match", made.ETag!))).ShouldBe(200);
    }

    [Fact]
    public async Task Never_has_a_password()
    {
        var admin = await service.AdminAsync();
        const string Secret = "t1meMa$heen";

        var made = await admin.AddUserAsync("bjensen", $$""" "password": "{{Secret}}" """);
        var replaced = (await admin.ScimAsync("PUT", made.Location!, User("bjensen", $$""" "password": "{{Secret}}" """))).ShouldBe(200);
        var patched = (await admin.ScimAsync(
            "PATCH", made.Location!, Patch($$"""{"op": "replace", "path": "password", "value": "{{Secret}}"}"""))).ShouldBe(200);
        var list = await admin.GetAsync($"{Users}?attributes=password,userName");

        Assert.All(
            [made, replaced, patched, list], reply => Assert.DoesNotContain("password", reply.Text, StringComparison.OrdinalIgnoreCase));
        await using var stored = service.Database.CreateCommand("SELECT resource::text FROM directory_user WHERE organization = $1");
        stored.Parameters.Add(new() { Value = admin.Organization });
        Assert.DoesNotContain(Secret, (string)(await stored.ExecuteScalarAsync())!, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, service.Log, StringComparison.Ordinal);
        (await admin.FilterAsync("password eq \"x\"")).ShouldBeScimError(400, "invalidFilter", "password");
    }

    // RFC 7644, 3.9.
    [Fact]
    public async Task Returns_the_requested_attributes()
    {
        var admin = await service.AdminAsync();
        const string More = """ "title": "Guide", "name": {"givenName": "Barbara", "familyName": "Jensen"} """;

        var made = (await admin.ScimAsync("POST", $"{Users}?attributes=userName", User("bjensen", More))).ShouldBe(201);
        Assert.Equal("schemas id userName", Members(made));
        var user = $"{Users}/{made.Value("id")}";
        Assert.Equal("schemas id name title", Members(await admin.GetAsync($"{user}?attributes=title,name.familyName")));
        Assert.Equal("""{"familyName":"Jensen"}""", (await admin.GetAsync($"{user}?attributes=NAME.familyname"))["name"]!.ToJsonString());
        Assert.Equal("schemas id active userName", Members(await admin.GetAsync($"{user}?excludedAttributes=title,name,meta,id")));
        Assert.Equal("schemas id title", Members(await admin.ScimAsync("PUT", $"{user}?attributes={Core}:title", User("bjensen", More))));
        Assert.Equal(
            "schemas id meta",
            Members(await admin.ScimAsync("PATCH", $"{user}?attributes=meta", Patch("""{"op": "remove", "path": "title"}"""))));
        var list = (await admin.GetAsync($"{Users}?attributes=userName")).ShouldBe(200);
        Assert.Equal("schemas id userName", Members(list["Resources"]![0]!));

        (await admin.GetAsync($"{user}?attributes=shoeSize")).ShouldBeScimError(400, "invalidPath", "shoeSize");
        (await admin.GetAsync($"{user}?attributes=title&excludedAttributes=name"))
            .ShouldBeScimError(400, "invalidValue", "excludedAttributes");
        (await admin.ScimAsync("POST", $"{Users}?attributes=shoeSize", User("other"))).ShouldBeScimError(400, "invalidPath");
        Assert.Equal(1, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task Has_names_within_limits()
    {
        var admin = await service.AdminAsync();

        await admin.AddUserAsync(new string('x', 512), $""" "externalId": "{new string('y', 512)}" """);

        (await admin.ScimAsync("POST", Users, User(new string('x', 513)))).ShouldBeScimError(400, "invalidValue", "userName");
        (await admin.ScimAsync("POST", Users, User("a", $""" "externalId": "{new string('y', 513)}" """)))
            .ShouldBeScimError(400, "invalidValue", "externalId");
        (await admin.ScimAsync("POST", Users, User("a", $""" "title": "{new string('t', 16_385)}" """)))
            .ShouldBeScimError(400, "invalidValue", "title");
        var emails = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"value": "{{i}}@x.org"}"""));
        (await admin.ScimAsync("POST", Users, User("a", $""" "emails": [{emails}] """)))
            .ShouldBeScimError(400, "invalidValue", "emails");
        Assert.Equal(1, (await admin.GetAsync(Users)).Total());
    }

    [Theory]
    [InlineData('中')] // three bytes
    [InlineData('İ')] // has no lower case without a dot above it
    public async Task May_have_the_longest_name_in_any_script(char letter)
    {
        var admin = await service.AdminAsync();
        var name = string.Concat(Enumerable.Range(0, 512).Select(i => i % 2 == 0 ? letter : (char)('一' + (i * 31))));

        var made = await admin.AddUserAsync(
            name, $""" "externalId": "{name}", "displayName": "{string.Concat(Enumerable.Repeat(name, 20))}" """);

        Assert.Equal(made.Value("id"), (await admin.ScimAsync("POST", $"{Users}/.search", $$"""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \"{{name}}\""}
            """)).ShouldBe(200)["Resources"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Has_a_name_within_limits_when_it_is_folded()
    {
        var admin = await service.AdminAsync();

        await admin.AddUserAsync(new string('ß', 256)); // is compared as ss

        (await admin.ScimAsync("POST", Users, User(new string('ß', 257)))).ShouldBeScimError(400, "invalidValue", "userName");
    }

    [Fact]
    public async Task Is_not_removed_as_a_contact()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen");

        var refused = await admin.DeleteAsync($"/contacts/{made.Value("id")}");

        Assert.InRange((int)refused.Status, 400, 499);
        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).ShouldBe(200).Text);
        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "add", "path": "title", "value": "x"}"""))).ShouldBe(200);
    }

    private static string Members(Reply reply) => Members(reply.Json);

    private static string Members(JsonNode user) =>
        string.Join(
            ' ',
            user.AsObject().Select(member => member.Key).OrderBy(
                name => name switch { "schemas" => "", "id" => "0", _ => name }, StringComparer.Ordinal));
}
