using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Changes;

public class ChangesConcurrencyTests(Service service)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Miss_nothing_while_others_write(int pageSize)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var copy = new Copy();
        string? token = null;
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(4));

        var writing = Task.WhenAll(WriteAsync(ann, 1, end.Token), WriteAsync(ann, 2, end.Token), ProvisionAsync(admin, ann, end.Token));
        while (!writing.IsCompleted)
        {
            var page = await ann.ChangesAsync(token, $"&pageSize={pageSize}");
            var changes = page["changes"]!.AsArray().Select(change => change!).ToList();
            Assert.Equal(changes.Count, changes.Select(change => $"{change["kind"]} {change["id"]}").Distinct().Count());
            copy.Apply(changes);
            token = page.Value("nextToken");
        }

        await writing;
        copy.Apply((await ann.FollowAsync(token, pageSize)).Changes);

        await copy.ShouldBeWhatIsListedAsync(ann);
        var first = new Copy();
        first.Apply((await ann.FollowAsync(pageSize: pageSize)).Changes);
        await first.ShouldBeWhatIsListedAsync(ann);
    }

    [Fact]
    public async Task Come_in_the_order_of_versions_within_a_book()
    {
        var scene = await Scene.MakeAsync(service);

        var changes = (await scene.Admin.FollowAsync(pageSize: 2)).Changes;

        var versions = changes.Select(change => change["version"]!.GetValue<long>()).ToList();
        Assert.NotEmpty(versions);
        Assert.Equal(versions.Order(), versions);
    }

    [Fact]
    public async Task Are_the_same_on_every_instance()
    {
        var connection = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection };
        await using var first = await ServiceProcess.StartAsync(new(settings, StringComparer.Ordinal));
        await using var second = await ServiceProcess.StartAsync(new(settings, StringComparer.Ordinal));
        await using var database = Npgsql.NpgsqlDataSource.Create(connection);
        using var one = new HttpClient { BaseAddress = new(first.Address) };
        using var two = new HttpClient { BaseAddress = new(second.Address) };
        var ann = await Service.PersonAsync(database, one, Service.NewOrganization(), "ann", "agent");
        var there = new Person(two, ann.Organization, "ann", ann.Token);
        var token = await ann.NowAsync();

        var waiting = there.ChangesAsync(token, "&wait=20");
        await Task.Delay(500);
        await ann.AddContactAsync("Joe");

        var reply = await waiting;
        Assert.Equal("put Joe|put Other contacts", ChangeCalls.Texts(reply["changes"]!.AsArray()!));
        Assert.Equal("", await ann.TextsAsync(reply.Value("nextToken")));
    }

    // Everything that changes what somebody sees of the own book, at random.
    private static async Task WriteAsync(Person ann, int seed, CancellationToken end)
    {
        var random = new Random(seed);
        var (contacts, groups) = (new List<string>(), new List<string>());
        while (!end.IsCancellationRequested)
        {
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    contacts.Add(await ann.AddContactAsync($"Contact {seed}.{contacts.Count}"));
                    break;
                case 3 when contacts.Count > 0:
                    await ann.PatchAsync($"/contacts/{Any(contacts)}", $$"""{"title":"{{random.Next()}}"}""");
                    break;
                case 4 when contacts.Count > 0:
                    await ann.DeleteAsync($"/contacts/{Any(contacts)}");
                    break;
                case 5:
                    groups.Add(await ann.AddGroupAsync($"Group {seed}.{groups.Count}"));
                    break;
                case 6 when groups.Count > 0 && contacts.Count > 0:
                    await ann.PutAsync($"/groups/{Any(groups)}/members/{Any(contacts)}");
                    break;
                case 7 when groups.Count > 0:
                    await ann.DeleteAsync($"/groups/{Any(groups)}{(random.Next(2) == 0 ? "?contacts=delete" : "")}");
                    break;
                default:
                    var id = $"again-{seed}-{random.Next(3)}";
                    await (random.Next(2) == 0
                        ? ann.DeleteAsync($"/contacts/{id}")
                        : ann.PutAsync($"/contacts/{id}", """{"contactType":"CUSTOM","displayName":"Again"}"""));
                    break;
            }
        }

        string Any(List<string> ids) => ids[random.Next(ids.Count)];
    }

    // People come, change, leave and return, and ann takes and drops them.
    private static async Task ProvisionAsync(Person admin, Person ann, CancellationToken end)
    {
        var random = new Random(3);
        var list = new List<string>();
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            if (list.Count < 3 || random.Next(5) == 0)
            {
                list.Add(await admin.AddNamedUserAsync($"user{i}", $"User {i}"));
                continue;
            }

            var id = list[random.Next(list.Count)];
            await (random.Next(6) switch
            {
                0 => admin.RenameAsync(id, $"Renamed {i}"),
                1 => admin.DeactivateAsync(id),
                2 => admin.ReactivateAsync(id),
                3 => admin.AddSharedAsync($"Taxi {i}"),
                4 => (Task)ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{id}}"}"""),
                _ => ann.DeleteAsync($"/contacts/{id}"),
            });
        }
    }
}
