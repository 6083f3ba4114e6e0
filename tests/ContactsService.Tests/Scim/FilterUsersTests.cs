using ContactsService.Scim;
using ContactsService.Storage;

namespace ContactsService.Tests.Scim;

public class FilterUsersTests(DirectoryUsers users) : IClassFixture<DirectoryUsers>
{
    // The examples of RFC 7644, 3.4.2.2, in its order.
    [Theory]
    [InlineData("""userName Eq "john" """, "john")]
    [InlineData("""Username eq "john" """, "john")]
    [InlineData("""userName eq "bjensen" """, "babs")]
    [InlineData("""name.familyName co "O'Malley" """, "john")]
    [InlineData("""userName sw "J" """, "john")]
    [InlineData("""urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J" """, "john")]
    [InlineData("title pr", "babs")]
    [InlineData("""meta.lastModified gt "2011-05-13T04:42:34Z" """, "john zed")]
    [InlineData("""meta.lastModified ge "2011-05-13T04:42:34Z" """, "babs john zed")]
    [InlineData("""meta.lastModified lt "2011-05-13T04:42:34Z" """, "anna")]
    [InlineData("""meta.lastModified le "2011-05-13T04:42:34Z" """, "anna babs")]
    [InlineData("""title pr and userType eq "Employee" """, "babs")]
    [InlineData("""title pr or userType eq "Intern" """, "babs john")]
    [InlineData("""schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" """, "babs")]
    [InlineData("""userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")""", "babs")]
    [InlineData("""userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")""", "zed")]
    [InlineData("""userType eq "Employee" and (emails.type eq "work")""", "babs")]
    [InlineData("""userType eq "Employee" and emails[type eq "work" and value co "@example.com"]""", "babs")]
    [InlineData("""emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]""", "anna babs")]
    public Task Finds_the_users_that_the_standard_defines(string filter, string ids) => ShouldFindAsync(filter, ids);

    [Theory]
    [InlineData("""userName eq "Änna" """, "anna")]
    [InlineData("""userName ew "SEN" """, "babs")]
    [InlineData("""id eq "babs" """, "babs")]
    [InlineData("""id eq "BABS" """, "")]
    [InlineData("""externalId eq "ext" """, "zed")]
    [InlineData("""externalId ne "ext" """, "anna babs john")]
    [InlineData("""externalId pr""", "anna babs zed")]
    [InlineData("""not (externalId eq "ext")""", "anna babs john")]
    [InlineData("""name.familyName eq "zöe" """, "anna")]
    [InlineData("""name.familyName gt "jensen" """, "anna john")]
    [InlineData("""name.familyName ge "JENSEN" """, "anna babs john")]
    [InlineData("""name.familyName lt "z" """, "babs john")]
    [InlineData("name pr", "anna babs john")]
    [InlineData("name.givenName pr", "babs")]
    [InlineData("name.givenName eq null", "anna john zed")]
    [InlineData("meta pr and meta.created pr and id pr and schemas pr", "anna babs john zed")]
    [InlineData("""meta.version eq "W/\"12\"" """, "anna")]
    [InlineData("""meta.resourceType eq "User" """, "anna babs john zed")]
    [InlineData("""meta.resourceType eq "Group" """, "")]
    [InlineData("active eq true", "babs")]
    [InlineData("""active eq "False" """, "john")]
    [InlineData("active ne true", "anna john zed")]
    [InlineData("active pr", "babs john")]
    public Task Compares_single_values(string filter, string ids) => ShouldFindAsync(filter, ids);

    [Theory]
    [InlineData("""emails eq "BJENSEN@example.com" """, "babs")]
    [InlineData("""emails co "%" """, "john")]
    [InlineData("""emails sw "100%_" """, "john")]
    [InlineData("""emails co "_" """, "john")]
    [InlineData("""emails ew "" """, "babs john zed")]
    [InlineData("""emails ne "100%_john@example.org" """, "anna babs zed")]
    [InlineData("""not (emails eq "zed@example.net")""", "anna babs john")]
    [InlineData("emails pr", "babs john zed")]
    [InlineData("emails.display pr", "zed")]
    [InlineData("emails.primary eq true", "babs")]
    [InlineData("emails[primary eq true]", "babs")]
    [InlineData("emails[primary ne true]", "babs john zed")]
    [InlineData("""emails[type eq "work" and not (value pr)]""", "zed")]
    [InlineData("""emails[type eq "home" and value ew ".com"]""", "")]
    [InlineData("""emails[type eq "home" or value ew ".com"]""", "babs zed")]
    [InlineData("""emails[type eq "work"].value eq "bjensen@example.com" """, "babs")]
    [InlineData("groups pr", "")]
    public Task Compares_any_entry_of_a_list(string filter, string ids) => ShouldFindAsync(filter, ids);

    [Theory]
    [InlineData("""urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tour operations" """, "babs")]
    [InlineData("""urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "26118915" """, "babs")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager pr", "babs")]
    [InlineData(
        """urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses[type eq "cloud-calling" and value sw "anna"]""", "anna")]
    [InlineData("""urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses ne "anna@sip.example.com" """, "babs john zed")]
    public Task Compares_attributes_of_extensions(string filter, string ids) => ShouldFindAsync(filter, ids);

    [Fact]
    public async Task Finds_many_ids_in_one_filter()
    {
        var filter = string.Join(
            " or ", Enumerable.Range(0, 900).Select(i => $"id eq \"x{i}\"")) + """ or id eq "zed" or userName eq "john" """;

        var sql = new SqlBuilder();
        Assert.Equal("(u.user_id = ANY($1) OR u.user_name = ANY($2))", ScimFilterSql.Of(ScimFilter.Parse(filter), sql));
        await ShouldFindAsync(filter, "john zed");
    }

    [Theory]
    [InlineData("""id eq "x" """, "u.user_id = ANY($1)")]
    [InlineData("""userName eq "x" """, "u.user_name = ANY($1)")]
    [InlineData("""externalId eq "x" """, "u.external_id = ANY($1)")]
    public void Compares_columns_that_have_an_index(string filter, string where) =>
        Assert.Equal(where, ScimFilterSql.Of(ScimFilter.Parse(filter), new SqlBuilder()));

    [Fact]
    public void Passes_values_as_parameters()
    {
        var sql = new SqlBuilder();

        Assert.DoesNotContain(
            "DROP", ScimFilterSql.Of(ScimFilter.Parse("""title eq "'; DROP TABLE x" and emails[value co "DROP"]"""), sql));
        Assert.Equal(["'; DROP TABLE x", "DROP"], sql.Parameters.Select(parameter => parameter.Value));
    }

    [Fact]
    public async Task Runs_the_largest_allowed_filter()
    {
        await ShouldFindAsync(string.Concat(Enumerable.Repeat("not (", 31)) + "title pr" + new string(')', 31), "anna john zed");
        await ShouldFindAsync(string.Join(" or ", Enumerable.Repeat("""emails[type eq "nope"]""", 50)), "");
    }

    [Fact]
    public async Task Answers_or_refuses_every_random_filter()
    {
        string[] pieces =
        [
            "userName",
            "emails",
            "emails.type",
            "emails[",
            "ims[",
            "]",
            "]",
            "(",
            ")",
            "and",
            "or",
            "not",
            "not (",
            "eq",
            "ne",
            "co",
            "sw",
            "ew",
            "gt",
            "le",
            "pr",
            "\"x\"",
            "\"%\"",
            "\"2011-05-13T04:42:34Z\"",
            "true",
            "null",
            "5",
            "active",
            "meta.created",
            "meta",
            "schemas",
            "type",
            "value",
            "primary",
            "].value",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "$ref", "id", "externalId", "name", "groups", "photos",
            "title pr", "emails[type eq \"work\"]", "id eq \"babs\"", "meta.created ge \"2011-05-13\"", "emails ne \"x\"",
        ];
        var random = new Random(7644);
        var answered = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var filter = string.Join(' ', random.GetItems(pieces, random.Next(1, 8)));
            var sql = new SqlBuilder();
            try
            {
                await users.FindAsync(ScimFilterSql.Of(ScimFilter.Parse(filter), sql), "u.user_id", sql.Parameters);
                answered++;
            }
            catch (ScimException refusal)
            {
                Assert.Equal("invalidFilter", refusal.ScimType);
            }
        }

        Assert.InRange(answered, 200, 19_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Compares_every_attribute(string name)
    {
        string[] conditions = ["pr", "eq \"x\"", "ne \"x\"", "eq true", "gt \"2011-05-13T04:42:34Z\"", "ew \"x\"", "ne null"];
        foreach (var condition in conditions)
        {
            var sql = new SqlBuilder();
            try
            {
                await users.FindAsync(ScimFilterSql.Of(ScimFilter.Parse($"{name} {condition}"), sql), "u.user_id", sql.Parameters);
            }
            catch (ScimException refusal)
            {
                Assert.Equal("invalidFilter", refusal.ScimType);
            }
        }

        if (name is not ("name" or "meta" or "addresses" or "password" or "schemas" or "meta.location"))
        {
            await users.FindAsync("TRUE", ScimSort.Parse(name, null).OrderBy, []);
        }
    }

    [Fact]
    public void Refuses_the_address_of_a_resource()
    {
        var refusal = Assert.Throws<ScimException>(() => ScimFilterSql.Of(ScimFilter.Parse("""meta.location co "x" """), new SqlBuilder()));

        Assert.Equal(("invalidFilter", "meta.location is not stored. Filter by id instead."), (refusal.ScimType, refusal.Message));
    }

    [Theory]
    [InlineData("userName", null, "babs john zed anna")]
    [InlineData("userName", "descending", "anna zed john babs")]
    [InlineData("NAME.familyName", "Ascending", "babs john anna zed")]
    [InlineData("name.familyName", "descending", "zed anna john babs")]
    [InlineData("emails", null, "john babs zed anna")]
    [InlineData("emails.type", null, "zed babs john anna")]
    [InlineData("meta.lastModified", "descending", "zed john babs anna")]
    [InlineData("meta.created", null, "anna babs john zed")]
    [InlineData("externalId", null, "babs anna zed john")]
    [InlineData("id", "descending", "zed john babs anna")]
    [InlineData("active", null, "john babs anna zed")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", null, "babs anna john zed")]
    public async Task Sorts(string sortBy, string? sortOrder, string ids) =>
        Assert.Equal(ids, await users.FindAsync("TRUE", ScimSort.Parse(sortBy, sortOrder).OrderBy, []));

    [Theory]
    [InlineData("shoeSize", null, "invalidPath", "There is no attribute 'shoeSize' to sort by.")]
    [InlineData("name", null, "invalidPath", "name is complex. Sort by one of its sub-attributes.")]
    [InlineData("password", null, "invalidPath", "Results cannot be sorted by password.")]
    [InlineData("meta.location", null, "invalidPath", "Results cannot be sorted by meta.location.")]
    [InlineData("userName", "up", "invalidValue", "sortOrder must be ascending or descending.")]
    public void Refuses_unknown_orders(string sortBy, string? sortOrder, string scimType, string detail)
    {
        var refusal = Assert.Throws<ScimException>(() => ScimSort.Parse(sortBy, sortOrder));

        Assert.Equal((400, scimType, detail), (refusal.Status, refusal.ScimType, refusal.Message));
    }

    private async Task ShouldFindAsync(string filter, string ids)
    {
        var sql = new SqlBuilder();
        var where = ScimFilterSql.Of(ScimFilter.Parse(filter), sql);
        Assert.Equal(ids, await users.FindAsync(where, "u.user_id", sql.Parameters));
    }

    public static TheoryData<string> Names()
    {
        var schemas = ScimSchemas.All.Select(schema => (Prefix: schema.IsExtension ? $"{schema.Urn}:" : "", schema.Attributes))
            .Append((Prefix: "", Attributes: ScimSchemas.Common));
        return new(schemas.SelectMany(schema => schema.Attributes.SelectMany(attribute =>
            attribute.SubAttributes.Select(sub => $"{schema.Prefix}{attribute.Name}.{sub.Name}").Prepend(
                $"{schema.Prefix}{attribute.Name}"))));
    }
}
