using FsCheck;
using FsCheck.Fluent;

namespace ContactsService.Tests.Groups;

/// <summary>The invariants of the contract hold after any sequence of concurrent operations.</summary>
public class GroupInvariantTests(Service service)
{
    private static readonly Gen<(int Operation, int First, int Second)> Operations =
        from operation in Gen.Choose(0, 9)
        from first in Gen.Choose(0, 3)
        from second in Gen.Choose(0, 3)
        select (operation, first, second);

    [Fact]
    public async Task Hold_after_random_operations_in_sequence_and_in_parallel()
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var operations = Operations.ListOf(25).Sample(20, new Rnd((ulong)seed, 0x9E3779B97F4A7C15), 1);
            var ann = await service.AgentAsync();
            var done = 0;
            foreach (var batch in operations.First().Chunk(seed % 2 == 0 ? 1 : 5))
            {
                var replies = await Task.WhenAll(batch.Select(operation => DoAsync(ann, operation)));
                Assert.All(replies, reply => Assert.True((int)reply.Status < 500, reply.Text));
                done += batch.Length;
                await CheckAsync(ann, $"seed {seed}, after {done}: {string.Join(' ', batch)}");
            }
        }
    }

    private static async Task<Reply> DoAsync(Person ann, (int Operation, int First, int Second) operation)
    {
        var list = (await ann.GetAsync("/contacts?pageSize=1000&fields=groups,members")).ShouldBe(200);
        string At(string of, string id, int index, string otherwise) =>
            list[of]!.AsArray() is { Count: > 0 } all ? all[index % all.Count]![id]!.GetValue<string>() : otherwise;
        const string Nowhere = "01a1fc76-19e5-75ab-9845-8599ddf5a9ed";
        var group = At("groups", "groupId", operation.First, Nowhere);
        var other = At("groups", "groupId", operation.Second, Nowhere);
        var contact = At("contacts", "contactId", operation.Second, "nobody");
        return await (operation.Operation switch
        {
            0 => ann.PostAsync("/groups", $$"""{"displayName":"Group {{operation.First}}{{operation.Second}}"}"""),
            1 => ann.DeleteAsync($"/groups/{group}"),
            2 => ann.DeleteAsync($"/groups/{group}?contacts=delete"),
            3 => ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"x","groups":["{{group}}","{{other}}"]}"""),
            4 => ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"x"}"""),
            5 => ann.DeleteAsync($"/contacts/{contact}"),
            6 => ann.PutAsync($"/groups/{group}/members/{contact}"),
            7 => ann.DeleteAsync($"/groups/{group}/members/{contact}"),
            8 => ann.PatchAsync($"/contacts/{contact}", $$"""{"groups":["{{group}}"]}"""),
            _ => ann.PatchAsync($"/groups/{group}", $$"""{"displayName":"Renamed {{operation.Second}}"}"""),
        });
    }

    private static async Task CheckAsync(Person ann, string when)
    {
        var list = (await ann.GetAsync("/contacts?pageSize=1000&fields=groups,members")).ShouldBe(200);
        var groups = list["groups"]!.AsArray().ToDictionary(
            group => group!["groupId"]!.GetValue<string>(),
            group => group!["members"]!.AsArray().Select(member => member!.GetValue<string>()).ToHashSet());
        var contacts = list["contacts"]!.AsArray().ToDictionary(
            contact => contact!["contactId"]!.GetValue<string>(),
            contact => contact!["groups"]!.AsArray().Select(group => group!.GetValue<string>()).ToList());
        Assert.All(
            list["groups"]!.AsArray(), group => Assert.Equal(group!["members"]!.AsArray().Count, group["memberCount"]!.GetValue<int>()));
        if (groups.Count + contacts.Count > 0)
        {
            Assert.True(
                list["groups"]!.AsArray().Count(group => group!["isDefault"]!.GetValue<bool>()) == 1, $"{when}: not one default group");
        }

        Assert.All(contacts, contact => Assert.True(contact.Value.Count > 0, $"{when}: a contact is in no group"));
        Assert.All(
            contacts,
            contact => Assert.True(contact.Value.TrueForAll(groups.ContainsKey), $"{when}: a contact is in a group that is not there"));
        var inContacts = contacts.SelectMany(contact => contact.Value.Select(group => (group, contact.Key))).Order();
        var inGroups = groups.SelectMany(group => group.Value.Select(member => (group.Key, member))).Order();
        Assert.True(inContacts.SequenceEqual(inGroups), $"{when}: members and groups disagree");
    }
}
