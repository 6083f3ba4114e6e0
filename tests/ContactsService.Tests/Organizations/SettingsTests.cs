namespace ContactsService.Tests.Organizations;

public class SettingsTests(Service service)
{
    [Fact]
    public async Task Are_empty_until_something_is_set()
    {
        var ann = await service.AgentAsync();

        var settings = (await ann.GetAsync("/settings")).ShouldBe(200);

        Assert.Equal("{}", settings.Text);
        Assert.Matches("^\"[^\"]+\"$", settings.ETag);
    }

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("de", "DE")]
    [InlineData("Us", "US")]
    public async Task Take_a_region_in_any_case(string sent, string stored)
    {
        var admin = await service.AdminAsync();

        var written = (await admin.PutAsync("/settings", $$"""{"region":"{{sent}}"}""")).ShouldBe(200);
        var read = (await admin.GetAsync("/settings")).ShouldBe(200);

        Assert.Equal($$"""{"region":"{{stored}}"}""", written.Text);
        Assert.Equal(written.Text, read.Text);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Theory]
    [InlineData("""{"region":null}""")]
    [InlineData("{}")]
    public async Task Lose_the_region_when_it_is_null_or_left_out(string body)
    {
        var admin = await service.AdminAsync();
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);

        Assert.Equal("{}", (await admin.PutAsync("/settings", body)).ShouldBe(200).Text);
        Assert.Equal("{}", (await admin.GetAsync("/settings")).ShouldBe(200).Text);
    }

    [Theory]
    [InlineData("""{"region":"XX"}""", "region")]
    [InlineData("""{"region":""}""", "region")]
    [InlineData("""{"region":"DEU"}""", "region")]
    [InlineData("""{"region":"001"}""", "region")]
    [InlineData("""{"region":49}""", "region")]
    [InlineData("""{"country":"DE"}""", "country")]
    public async Task Refuse_unknown_regions_and_members(string body, string member)
    {
        var admin = await service.AdminAsync();
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);

        (await admin.PutAsync("/settings", body)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal("""{"region":"DE"}""", (await admin.GetAsync("/settings")).Text);
    }

    [Fact]
    public async Task Are_read_by_agents_and_written_by_admins()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");

        (await ann.PutAsync("/settings", """{"region":"DE"}""")).ShouldBeProblem(403, "forbidden");
        (await admin.PutAsync("/settings", """{"region":"FR"}""")).ShouldBe(200);

        Assert.Equal("""{"region":"FR"}""", (await ann.GetAsync("/settings")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Belong_to_one_organization()
    {
        var admin = await service.AdminAsync();
        var other = await service.AdminAsync();

        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);

        Assert.Equal("{}", (await other.GetAsync("/settings")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Are_replaced_only_when_If_Match_is_current()
    {
        var admin = await service.AdminAsync();
        var empty = await admin.GetAsync("/settings");

        var first = (await admin.PutAsync("/settings", """{"region":"DE"}""", ("If-Match", empty.ETag!))).ShouldBe(200);
        var stale = (await admin.PutAsync("/settings", """{"region":"FR"}""", ("If-Match", empty.ETag!))).ShouldBeProblem(412, "stale");
        (await admin.PutAsync("/settings", """{"region":"FR"}""", ("If-None-Match", "*"))).ShouldBeProblem(412, "stale");
        (await admin.PutAsync("/settings", """{"region":"FR"}""", ("If-Match", "*"))).ShouldBe(200);

        Assert.Equal(first.ETag, stale.ETag);
    }

    [Fact]
    public async Task Answer_304_until_they_change()
    {
        var admin = await service.AdminAsync();
        var first = (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);

        Assert.Equal(first.ETag, (await admin.PutAsync("/settings", """{"region":"de"}""")).ShouldBe(200).ETag);
        (await admin.GetAsync("/settings", ("If-None-Match", first.ETag!))).ShouldBe(304);
        await admin.AddContactAsync("Joe");
        (await admin.GetAsync("/settings", ("If-None-Match", first.ETag!))).ShouldBe(304);
        (await admin.PutAsync("/settings", """{"region":"FR"}""")).ShouldBe(200);
        (await admin.GetAsync("/settings", ("If-None-Match", first.ETag!))).ShouldBe(200);
    }

    [Fact]
    public async Task Raise_the_revision_of_the_organization_when_they_change()
    {
        var admin = await service.AdminAsync();
        var before = (await admin.GetAsync("/contacts")).ShouldBe(200);

        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);
        var changed = (await admin.GetAsync("/contacts", ("If-None-Match", before.ETag!))).ShouldBe(200);
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);

        (await admin.GetAsync("/contacts", ("If-None-Match", changed.ETag!))).ShouldBe(304);
    }

    [Fact]
    public async Task Are_as_the_last_of_several_writers_left_them()
    {
        var admin = await service.AdminAsync();

        var written = await Task.WhenAll(new[] { "DE", "FR", "US", "IT", "ES", "GB", "NL", "AT" }.Select(region =>
            admin.PutAsync("/settings", $$"""{"region":"{{region}}"}""")));

        Assert.All(written, reply => reply.ShouldBe(200));
        Assert.Equal(8, written.Select(reply => reply.ETag).Distinct().Count());
        Assert.Contains((await admin.GetAsync("/settings")).Text, written.Select(reply => reply.Text));
    }
}
