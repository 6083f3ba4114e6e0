namespace ContactsService.Tests.Directories;

/// <summary>ETags of what is partly the directory's and partly the owner's.</summary>
public class DirectoryVersionTests(Service service)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_contact_has_a_new_ETag_when_only_the_directory_changes(bool taken)
    {
        var (admin, ann, joe) = await PrepareAsync(taken);
        var path = $"/contacts/{joe}";
        var before = (await ann.GetAsync(path)).ShouldBe(200);
        Assert.StartsWith("\"", before.ETag, StringComparison.Ordinal);
        (await ann.GetAsync(path, ("If-None-Match", before.ETag!))).ShouldBe(304);

        await admin.RenameAsync(joe, "Joseph");

        var after = (await ann.GetAsync(path, ("If-None-Match", before.ETag!))).ShouldBe(200);
        Assert.Equal("Joseph", after.Value("displayName"));
        Assert.NotEqual(before.ETag, after.ETag);
        (await ann.GetAsync(path, ("If-None-Match", after.ETag!))).ShouldBe(304);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_has_a_new_ETag_when_only_the_directory_changes(bool taken)
    {
        var (admin, ann, joe) = await PrepareAsync(taken);
        var known = new List<string>();
        async Task ShouldChangeAsync(string names)
        {
            foreach (var old in known)
            {
                (await ann.GetAsync("/contacts", ("If-None-Match", old))).ShouldBe(200);
            }

            var list = (await ann.GetAsync("/contacts")).ShouldBe(200);
            Assert.Equal(names, string.Join('|', list.Values("contacts", "displayName")));
            (await ann.GetAsync("/contacts", ("If-None-Match", list.ETag!))).ShouldBe(304);
            known.Add(list.ETag!);
        }

        await ShouldChangeAsync("Joe");
        await admin.RenameAsync(joe, "Joseph");
        await ShouldChangeAsync("Joseph");
        var queue = await admin.AddQueueAsync("Billing");
        await ShouldChangeAsync("Billing|Joseph");
        (await admin.PatchAsync($"/queues/{queue}", """{"name":"Zeta"}""")).ShouldBe(200);
        await ShouldChangeAsync("Joseph|Zeta");
        await admin.DeactivateAsync(joe);
        await ShouldChangeAsync(taken ? "Joseph|Zeta" : "Zeta");
        await admin.ReactivateAsync(joe);
        await ShouldChangeAsync("Joseph|Zeta");
        await admin.DeleteQueueAsync(queue);
        await ShouldChangeAsync("Joseph");
    }

    [Fact]
    public async Task Adding_and_deleting_an_own_contact_changes_only_its_owners_ETags()
    {
        var (admin, ann, joe) = await PrepareAsync(taken: false);
        var ben = await service.ColleagueAsync(admin, "ben");
        var annsList = (await ann.GetAsync("/contacts")).ETag!;
        var annsJoe = (await ann.GetAsync($"/contacts/{joe}")).ETag!;
        var bensList = (await ben.GetAsync("/contacts")).ETag!;
        var bensJoe = (await ben.GetAsync($"/contacts/{joe}")).ETag!;

        var taken = await ann.TakeAsync(joe);

        (await ann.GetAsync($"/contacts/{joe}", ("If-None-Match", taken.ETag!))).ShouldBe(304);
        (await ann.GetAsync($"/contacts/{joe}", ("If-None-Match", annsJoe))).ShouldBe(200);
        (await ann.GetAsync("/contacts", ("If-None-Match", annsList))).ShouldBe(200);
        (await ben.GetAsync($"/contacts/{joe}", ("If-None-Match", bensJoe))).ShouldBe(304);
        (await ben.GetAsync("/contacts", ("If-None-Match", bensList))).ShouldBe(304);
        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);
        (await ann.GetAsync($"/contacts/{joe}", ("If-None-Match", taken.ETag!))).ShouldBe(200);
    }

    [Fact]
    public async Task A_write_is_refused_after_the_owner_changed_the_contact()
    {
        var (_, ann, joe) = await PrepareAsync(taken: true);
        var path = $"/contacts/{joe}";
        var old = (await ann.GetAsync(path)).ETag!;
        var current = (await ann.PatchAsync(path, """{"primaryContactMethod":"EMAIL"}""", ("If-Match", old))).ShouldBe(200).ETag!;
        Assert.NotEqual(old, current);

        var patch = (await ann.PatchAsync(path, """{"primaryContactMethod":"SMS"}""", ("If-Match", old))).ShouldBeProblem(412, "stale");
        (await ann.PutAsync(path, """{"contactType":"CLOUD"}""", ("If-Match", old))).ShouldBeProblem(412, "stale");
        (await ann.DeleteAsync(path, ("If-Match", old))).ShouldBeProblem(412, "stale");

        Assert.Equal(current, patch.ETag);
        Assert.Equal("EMAIL", (await ann.GetAsync(path)).Value("primaryContactMethod"));
        (await ann.PutAsync(path, """{"contactType":"CLOUD"}""", ("If-Match", current))).ShouldBe(200);
        Assert.Null((await ann.GetAsync(path))["primaryContactMethod"]);
    }

    // What the owner may write, the directory never does: so no update is lost.
    [Fact]
    public async Task A_write_is_accepted_after_the_directory_changed_the_entry()
    {
        var (admin, ann, joe) = await PrepareAsync(taken: true);
        var path = $"/contacts/{joe}";
        var old = (await ann.GetAsync(path)).ETag!;
        await admin.RenameAsync(joe, "Joseph");

        var patched = (await ann.PatchAsync(path, """{"primaryContactMethod":"EMAIL"}""", ("If-Match", old))).ShouldBe(200);

        Assert.Equal(("Joseph", "EMAIL"), (patched.Value("displayName"), patched.Value("primaryContactMethod")));
        (await ann.GetAsync(path, ("If-None-Match", patched.ETag!))).ShouldBe(304);
        (await ann.DeleteAsync(path, ("If-Match", patched.ETag!))).ShouldBe(204);
    }

    [Fact]
    public async Task The_ETags_of_directory_entry_and_own_contact_differ()
    {
        var (_, ann, joe) = await PrepareAsync(taken: false);
        var plain = (await ann.GetAsync($"/contacts/{joe}")).ETag!;
        await ann.TakeAsync(joe);

        (await ann.PatchAsync($"/contacts/{joe}", """{"primaryContactMethod":"EMAIL"}""", ("If-Match", plain)))
            .ShouldBeProblem(412, "stale");
        (await ann.DeleteAsync($"/contacts/{joe}", ("If-Match", plain))).ShouldBeProblem(412, "stale");
    }

    [Fact]
    public async Task LastModified_is_that_of_the_last_change_of_either()
    {
        var (admin, ann, joe) = await PrepareAsync(taken: true);
        async Task<DateTimeOffset> ReadAsync() =>
            DateTimeOffset.Parse((await ann.GetAsync($"/contacts/{joe}"))["meta"]!["lastModified"]!.GetValue<string>());
        var first = await ReadAsync();

        await admin.RenameAsync(joe, "Joseph");
        var second = await ReadAsync();
        (await ann.PatchAsync($"/contacts/{joe}", """{"primaryContactMethod":"EMAIL"}""")).ShouldBe(200);

        Assert.True(first < second);
        Assert.True(second < await ReadAsync());
    }

    [Fact]
    public async Task Lists_sort_by_the_later_change_of_both()
    {
        var (admin, ann, joe) = await PrepareAsync(taken: true);
        await admin.AddNamedUserAsync("sue", "Sue");
        Assert.Equal("Sue|Joe", await ann.NamesAsync("?sort=-lastModified"));
        var sues = (await ann.GetAsync("/contacts?userName=sue"))["contacts"]![0]!["meta"]!["lastModified"]!.GetValue<string>();
        Assert.Equal("", await ann.NamesAsync($"?lastModified[gt]={sues}"));

        await admin.RenameAsync(joe, "Joseph");

        Assert.Equal("Joseph|Sue", await ann.NamesAsync("?sort=-lastModified"));
        Assert.Equal("Sue|Joseph", (await ann.PagesAsync(1, "&sort=lastModified")).Texts("displayName"));
        Assert.Equal("Joseph", await ann.NamesAsync($"?lastModified[gt]={sues}"));
    }

    private async Task<(Person Admin, Person Ann, string Joe)> PrepareAsync(bool taken)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        if (taken)
        {
            await ann.TakeAsync(joe);
        }

        return (admin, ann, joe);
    }
}
