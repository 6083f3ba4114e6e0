namespace ContactsService.Tests.Directories;

/// <summary>The ETag of a list of the own book: <c>ownerId=me</c>.</summary>
public class OwnListVersionTests(Service service)
{
    [Fact]
    public async Task Does_not_change_with_the_organization()
    {
        var (admin, ann, joe, other) = await SceneAsync();
        (await ann.PutAsync($"/contacts/{joe}", """{"contactType":"CLOUD"}""")).ShouldBe(201);
        var list = (await ann.GetAsync("/contacts?ownerId=me")).ShouldBe(200);
        var all = (await ann.GetAsync("/contacts")).ShouldBe(200);

        await admin.RenameAsync(other, "Renamed");
        await admin.AddQueueAsync("Billing");

        (await ann.GetAsync("/contacts?ownerId=me", ("If-None-Match", list.ETag!))).ShouldBe(304);
        (await ann.GetAsync("/contacts", ("If-None-Match", all.ETag!))).ShouldBe(200);
    }

    [Theory]
    [InlineData("/contacts?ownerId=me")]
    [InlineData("/contacts?ownerId=ann&sort=-displayName")]
    public async Task Changes_with_an_entry_that_the_list_shows(string path)
    {
        var (admin, ann, joe, _) = await SceneAsync();
        (await ann.PutAsync($"/contacts/{joe}", """{"contactType":"CLOUD"}""")).ShouldBe(201);
        var before = (await ann.GetAsync(path)).ShouldBe(200).ETag!;

        await admin.RenameAsync(joe, "Joseph");
        var renamed = (await ann.GetAsync(path, ("If-None-Match", before))).ShouldBe(200);
        await admin.DeactivateAsync(joe);
        var left = (await ann.GetAsync(path, ("If-None-Match", renamed.ETag!))).ShouldBe(200);
        await ann.AddContactAsync("Mine");

        Assert.Equal("Joseph", renamed["contacts"]![0]!["displayName"]!.GetValue<string>());
        (await ann.GetAsync(path, ("If-None-Match", left.ETag!))).ShouldBe(200);
    }

    private async Task<(Person Admin, Person Ann, string Joe, string Other)> SceneAsync()
    {
        var admin = await service.AdminAsync();
        return (
            admin,
            await service.ColleagueAsync(admin),
            await admin.AddNamedUserAsync("joej", "Joe"),
            await admin.AddNamedUserAsync("sue", "Sue"));
    }
}
