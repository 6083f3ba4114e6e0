using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;

namespace ContactsService.Tests.Directories;

/// <summary>
/// Whatever is provisioned, taken and given up, in whatever order: nobody sees a contact that is stale, doubled or foreign.
/// </summary>
[Trait("Speed", "Slow")]
public class RandomProvisioningTests(Service service)
{
    private static readonly Gen<Operation> Operations =
        from what in Gen.Choose(0, 10)
        from which in Gen.Choose(0, 7)
        from who in Gen.Choose(0, 2)
        select new Operation(what, which, who);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task All_callers_see_the_directory_as_it_is_after_each_operation(int seed)
    {
        var model = await RandomModel.MakeAsync(service);
        var done = new List<Operation>();
        foreach (var operation in Draw(seed, 40))
        {
            await model.DoAsync(operation);
            done.Add(operation);
            for (var who = 0; who < model.People.Count; who++)
            {
                var seen = RandomModel.Show(await model.People[who].PagesAsync(3));
                Assert.True(
                    model.Expect(who) == seen,
                    $"Seed {seed}, after {string.Join(' ', done)}, "
                    + $"{model.People[who].User} is to see\n{model.Expect(who)}\nand sees\n{seen}");
            }
        }
    }

    /// <summary>Each answer is one that was right at some moment between its request and its arrival.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Concurrent_readers_see_a_state_that_existed(int seed)
    {
        var model = await RandomModel.MakeAsync(service);
        var states = new List<string[]> { Expect(model) };
        var begun = 0;
        var ended = 0;
        var isOver = false;
        var seen = new ConcurrentBag<(int Who, int First, int Last, string Shown)>();
        async Task ReadAsync(int who)
        {
            do
            {
                var first = Volatile.Read(ref ended);
                var contacts = (await model.People[who].GetAsync("/contacts?pageSize=1000")).ShouldBe(200)["contacts"]!.AsArray();
                seen.Add((who, first, Volatile.Read(ref begun), RandomModel.Show(contacts.Select(contact => contact!))));
            }
            while (!Volatile.Read(ref isOver));
        }

        async Task WriteAsync()
        {
            try
            {
                foreach (var operation in Draw(seed, 80))
                {
                    Volatile.Write(ref begun, begun + 1);
                    await model.DoAsync(operation);
                    states.Add(Expect(model));
                    Volatile.Write(ref ended, ended + 1);
                }
            }
            finally
            {
                Volatile.Write(ref isOver, true);
            }
        }

        await Task.WhenAll([WriteAsync(), .. Enumerable.Range(0, 6).Select(reader => ReadAsync(reader % 3))]);

        Assert.All(seen, one => Assert.True(
            states[one.First..(one.Last + 1)].Exists(state => state[one.Who] == one.Shown),
            $"Seed {seed}: {model.People[one.Who].User} saw, between {one.First} and {one.Last},\n{one.Shown}\nwhich never was. "
            + $"First it was\n{states[one.First][one.Who]}\nand last\n{states[one.Last][one.Who]}"));
    }

    /// <summary>Here nobody waits for anybody, and pages are small, so that each is of another moment.</summary>
    [Fact]
    public async Task Concurrent_readers_of_pages_see_no_duplicate_or_unknown_entry()
    {
        var admin = await service.AdminAsync();
        Person[] people =
        [
            await service.ColleagueAsync(admin), await service.ColleagueAsync(admin, "ben"), await service.AgentAsync("carl"),
        ];
        var named = new ConcurrentDictionary<string, string>(StringComparer.Ordinal); // of each name, the id: names never change here
        var answers = new ConcurrentBag<(Person Person, List<(string Id, string Name)> Contacts)>();
        var writers = 4;
        async Task WriteAsync(int writer)
        {
            try
            {
                foreach (var operation in Draw(20 + writer, 12))
                {
                    var name = $"{(char)('a' + operation.Which)} {writer} {Guid.NewGuid():N}";
                    var isUser = operation.What % 2 == 0;
                    var id = isUser ? await admin.AddNamedUserAsync(name, name) : await admin.AddQueueAsync(name);
                    named[name] = id;
                    var person = people[operation.Who % 2];
                    await person.TakeAsync(id, isUser ? "" : ""","type":"Queue" """);
                    if (operation.What > 3)
                    {
                        await (isUser ? admin.DeactivateAsync(id) : admin.DeleteQueueAsync(id));
                    }

                    if (operation.What > 6)
                    {
                        (await person.DeleteAsync($"/contacts/{id}")).ShouldBe(204);
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref writers);
            }
        }

        async Task ReadAsync(Person person)
        {
            do
            {
                var contacts = await person.PagesAsync(4);
                var shown = contacts
                    .Select(contact => (contact["contactId"]!.GetValue<string>(), contact["displayName"]!.GetValue<string>()));
                answers.Add((person, [.. shown]));
            }
            while (Volatile.Read(ref writers) > 0);
        }

        await Task.WhenAll([.. Enumerable.Range(0, writers).Select(WriteAsync), .. people.Select(ReadAsync)]);

        foreach (var (person, contacts) in answers)
        {
            Assert.Equal(contacts.Count, contacts.DistinctBy(contact => contact.Id).Count());
            Assert.All(contacts, contact => Assert.True(named.GetValueOrDefault(contact.Name) == contact.Id, $"{contact} was never there"));
            Assert.Equal(contacts.Select(contact => contact.Name).Order(StringComparer.Ordinal), contacts.Select(contact => contact.Name));
            Assert.True(person.User != "carl" || contacts.Count == 0);
        }
    }

    // The second number is the step of the generator (SplitMix64): were it 1, each seed would draw the operations of the next one, too.
    private static List<Operation> Draw(int seed, int count) =>
        [.. Operations.ListOf(count).Sample(count, new Rnd((ulong)seed, 0x9E3779B97F4A7C15), 1).First()];

    private static string[] Expect(RandomModel model) => [.. Enumerable.Range(0, model.People.Count).Select(model.Expect)];
}
