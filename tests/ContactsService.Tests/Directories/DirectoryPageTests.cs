namespace ContactsService.Tests.Directories;

/// <summary>Pages across the own book, the organization's contacts and its directory.</summary>
public class DirectoryPageTests(Service service)
{
    // Of each name, the first letter says the place and the rest where the contact lives.
    private const string InOrder = "a user|b own|c shared|d queue|e user|f own|g taken|h shared|i user|j queue|k taken|l own";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(1000)]
    public async Task Contain_every_contact_once_and_in_order(int pageSize)
    {
        var (_, ann, _) = await PrepareAsync();

        var contacts = await ann.PagesAsync(pageSize);

        Assert.Equal(InOrder, contacts.Texts("displayName"));
        Assert.Equal(12, contacts.Select(contact => contact["contactId"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Order_equal_names_by_id_across_books()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var ids = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            ids.Add(await admin.AddNamedUserAsync($"same{round}", "Same"));
            ids.Add(await ann.AddContactAsync("Same"));
            ids.Add(await admin.AddSharedAsync("Same"));
            ids.Add(await admin.AddQueueAsync("Same"));
            await ann.TakeAsync(ids[^4]);
        }

        Assert.Equal(string.Join('|', ids.Order(StringComparer.Ordinal)), (await ann.PagesAsync(1)).Texts("contactId"));
        Assert.Equal(
            string.Join('|', ids.Order(StringComparer.Ordinal)), (await ann.PagesAsync(5, "&sort=-displayName")).Texts("contactId"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Stay_correct_while_other_users_are_added_and_removed(int pageSize)
    {
        var (admin, ann, _) = await PrepareAsync();
        var gone = await admin.AddNamedUserAsync("gone", "aa gone");

        var contacts = await ann.PagesAsync(pageSize, between: async page =>
        {
            // Before the place and behind it, in each of the three.
            await admin.AddNamedUserAsync($"new{page}", "a new user");
            await admin.AddSharedAsync("a new shared");
            await ann.AddContactAsync("a new own");
            await admin.SetAsync(gone, "active", page % 2 == 0 ? "true" : "false");
            await admin.DeleteQueueAsync(await admin.AddQueueAsync("zz queue"));
        });

        var lasting = contacts
            .Where(contact => contact["displayName"]!.GetValue<string>() is var name && name[1] == ' ' && !name.Contains("new"));
        Assert.Equal(InOrder, lasting.Texts("displayName"));
        Assert.Equal(contacts.Count, contacts.Select(contact => contact["contactId"]!.GetValue<string>()).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=-displayName")]
    [InlineData("&sort=type,displayName")]
    public async Task Stay_correct_while_own_contacts_are_added_and_deleted(string sort)
    {
        var (_, ann, ids) = await PrepareAsync();
        var whole = (await ann.PagesAsync(1000, sort)).Texts("displayName");
        var taken = new HashSet<string>();

        var contacts = await ann.PagesAsync(1, sort, async _ =>
        {
            // Each of them moves between the book and the directory, before the place and behind it.
            foreach (var id in ids)
            {
                if (taken.Add(id))
                {
                    await ann.TakeAsync(id);
                }
                else
                {
                    taken.Remove(id);
                    (await ann.DeleteAsync($"/contacts/{id}")).ShouldBe(204);
                }
            }
        });

        Assert.Equal(whole, contacts.Texts("displayName"));
    }

    [Fact]
    public async Task Never_contain_a_user_who_left_meanwhile()
    {
        var (admin, ann, ids) = await PrepareAsync();

        var contacts = await ann.PagesAsync(1, between: async page =>
        {
            if (page == 1)
            {
                await admin.DeactivateAsync(ids[^1]); // i user: nobody has it
            }
        });

        Assert.Equal(InOrder.Replace("i user|", "", StringComparison.Ordinal), contacts.Texts("displayName"));
    }

    [Fact]
    public async Task Are_linked_with_their_filters()
    {
        var (_, ann, _) = await PrepareAsync();

        var first = (await ann.GetAsync("/contacts?type=user&pageSize=2&fields=displayName")).ShouldBe(200);
        var second = (await ann.GetAsync(first.Link!.Split('<', '>')[1])).ShouldBe(200);

        Assert.Equal(["a user", "e user"], first.Values("contacts", "displayName"));
        Assert.Equal(["g taken", "i user"], second.Values("contacts", "displayName"));
        Assert.NotNull(first["groups"]);
        Assert.Null(second["groups"]);
    }

    // Gives the ids of the users who are in nobody's book.
    private async Task<(Person Admin, Person Ann, List<string> Users)> PrepareAsync()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var users = new List<string>();
        foreach (var name in InOrder.Split('|').Reverse())
        {
            switch (name[2..])
            {
                case "user":
                    users.Insert(0, await admin.AddNamedUserAsync(name, name));
                    break;
                case "taken":
                    await ann.TakeAsync(await admin.AddNamedUserAsync(name, name));
                    break;
                case "queue":
                    await admin.AddQueueAsync(name);
                    break;
                case "shared":
                    await admin.AddSharedAsync(name);
                    break;
                default:
                    await ann.AddContactAsync(name);
                    break;
            }
        }

        return (admin, ann, users);
    }
}
