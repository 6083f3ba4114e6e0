using System.Globalization;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Directories;

/// <summary>A random operation: the kind, the index of its target, and the caller.</summary>
internal sealed record Operation(int What, int Which, int Who)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What}.{Which}.{Who}");
}

/// <summary>What is known of a user or queue; <see cref="IsHere"/> is false once it was deactivated or deleted.</summary>
internal sealed record Entry(string Type, string Name, bool IsHere, bool IsDeleted);

/// <summary>
/// An organization with a directory and two people who take from it, and a stranger who takes the same ids in another one: told what to do,
/// it does so at the service and keeps in memory what everybody is to see.
/// </summary>
internal sealed class RandomModel
{
    private readonly Dictionary<string, Entry> directory = new(StringComparer.Ordinal);
    private readonly List<string> ids = [];
    private readonly Person admin;
    private int names;

    private RandomModel(Person admin, IReadOnlyList<Person> people)
    {
        this.admin = admin;
        People = people;
        Books = [.. people.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    }

    /// <summary>Ann and Ben, and Carl of another organization.</summary>
    public IReadOnlyList<Person> People { get; }

    /// <summary>What each of them has taken.</summary>
    public IReadOnlyList<HashSet<string>> Books { get; }

    public static async Task<RandomModel> MakeAsync(Service service)
    {
        var admin = await service.AdminAsync();
        return new(
            admin, [await service.ColleagueAsync(admin), await service.ColleagueAsync(admin, "ben"), await service.AgentAsync("carl")]);
    }

    /// <summary>Does it, if it can be done.</summary>
    public async Task DoAsync(Operation operation)
    {
        var id = ids.Count == 0 ? null : ids[operation.Which % ids.Count];
        var entry = id is null ? null : directory[id];
        switch (operation.What)
        {
            case 0 or 1 when ids.Count < 8:
                await AddAsync("User");
                break;
            case 2 when ids.Count < 8:
                await AddAsync("Queue");
                break;
            case 3 or 4 when entry is { IsDeleted: false }:
                await RenameAsync(id!, entry);
                break;
            case 5 when entry is { Type: "User", IsDeleted: false }:
                await admin.SetAsync(id!, "active", entry.IsHere ? "false" : "true");
                directory[id!] = entry with { IsHere = !entry.IsHere };
                break;
            case 6 when entry is { IsDeleted: false } && operation.Which % 2 == 0:
                await (entry.Type == "User" ? admin.DeleteUserAsync(id!) : admin.DeleteQueueAsync(id!));
                directory[id!] = entry with { IsHere = false, IsDeleted = true };
                break;
            case >= 7 when entry is not null:
                await TakeOrGiveUpAsync(id!, entry, operation.Who % People.Count);
                break;
            default:
                break;
        }
    }

    /// <summary>What a caller should see: one line a contact, in the order of a list.</summary>
    public string Expect(int who)
    {
        var isStranger = who == 2;
        var seen = directory
            .Where(one => Books[who].Contains(one.Key) || (one.Value.IsHere && !isStranger))
            .Select(
                one => (Id: one.Key, Name: isStranger ? null : one.Value.Name, one.Value.Type, IsResolved: one.Value.IsHere && !isStranger))
            .OrderBy(one => one.Name ?? "\uFFFF", StringComparer.Ordinal)
            .ThenBy(one => one.Id, StringComparer.Ordinal);
        string OwnerOf(string id) => Books[who].Contains(id) ? People[who].User : People[who].Organization;
        return Lines(seen.Select(one => (one.Id, one.Name, one.Type, one.IsResolved, OwnerOf(one.Id))));
    }

    /// <summary>What is seen, in the same words.</summary>
    public static string Show(IEnumerable<JsonNode> contacts) => Lines(contacts.Select(contact => (
        contact["contactId"]!.GetValue<string>(),
        contact["displayName"]?.GetValue<string>(),
        contact["type"]!.GetValue<string>(),
        contact["resolved"]!.GetValue<bool>(),
        contact["ownerId"]!.GetValue<string>())));

    private static string Lines(IEnumerable<(string Id, string? Name, string Type, bool IsResolved, string Owner)> contacts) =>
        string.Join(
            '\n',
            contacts.Select(one => $"{one.Id} {one.Type} {one.Name ?? "nameless"} {(one.IsResolved ? "here" : "gone")} of {one.Owner}"));

    private async Task AddAsync(string type)
    {
        var name = NewName();
        var id = type == "User" ? await admin.AddNamedUserAsync(name, name) : await admin.AddQueueAsync(name);
        directory[id] = new(type, name, IsHere: true, IsDeleted: false);
        ids.Add(id);
    }

    // Who is not there is not renamed here: which name the others keep is not written down anywhere.
    private async Task RenameAsync(string id, Entry entry)
    {
        if (!entry.IsHere)
        {
            return;
        }

        var name = NewName();
        if (entry.Type == "User")
        {
            await admin.RenameAsync(id, name);
        }
        else
        {
            (await admin.PatchAsync($"/queues/{id}", $$"""{"name":"{{name}}"}""")).ShouldBe(200);
        }

        directory[id] = entry with { Name = name };
    }

    private async Task TakeOrGiveUpAsync(string id, Entry entry, int who)
    {
        if (Books[who].Remove(id))
        {
            (await People[who].DeleteAsync($"/contacts/{id}")).ShouldBe(204);
        }
        else if (entry.IsHere) // nobody finds the others
        {
            await People[who].TakeAsync(id, $",\"type\":\"{entry.Type}\"");
            Books[who].Add(id);
        }
    }

    // Each is new; the place in a list changes with it.
    private string NewName()
    {
        names++;
        return string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (names * 7 % 26))} {names}");
    }
}
