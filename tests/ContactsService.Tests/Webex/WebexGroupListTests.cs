namespace ContactsService.Tests.Webex;

/// <summary>A listed contact never names a group that is not listed.</summary>
public class WebexGroupListTests(Service service)
{
    private const string Key = "\"encryptionKeyUrl\":\"kms://host/keys/1\"";

    [Fact]
    public async Task Lists_no_contact_with_an_unlisted_group()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Plain"); // makes a default group in plain text
        var group = (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJg","groupType":"NORMAL",{{Key}}}"""))
            .ShouldBe(201).Value("groupId");
        (await ann.PostAsync(
            "/encrypt/Users/contacts", $$"""{"contactType":"CUSTOM","displayName":"eyJa","groups":["{{group}}"],{{Key}}}""")).ShouldBe(201);
        Assert.Equal([group], await ListedGroupsOfContactsAsync(ann));

        (await ann.DeleteAsync($"/encrypt/Users/groups/{group}")).ShouldBe(204);

        Assert.Empty(await ListedGroupsOfContactsAsync(ann));
        Assert.Single(
            (await ann.GetAsync("/contacts?contactType=CUSTOM&encryptionKeyUrl[exists]=true&groups[exists]=true"))["contacts"]!.AsArray());
    }

    private static async Task<List<string>> ListedGroupsOfContactsAsync(Person person)
    {
        var list = (await person.GetAsync("/encrypt/Users/contacts")).ShouldBe(200);
        var listed = list.Values("groups", "groupId");
        var named = Assert.Single(list["contacts"]!.AsArray())!["groups"]!.AsArray().Select(group => group!.GetValue<string>()).ToList();
        Assert.Empty(named.Except(listed));
        return named;
    }
}
