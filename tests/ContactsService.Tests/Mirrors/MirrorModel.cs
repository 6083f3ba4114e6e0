using System.Text.Json.Nodes;
using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// An organization with an agent and an admin, and a stranger of another organization. Each keeps a mirror; what all of them should see is
/// known without it.
/// </summary>
internal sealed class MirrorModel
{
    private readonly OrganizationBook organization;
    private readonly OwnBook[] books;
    private readonly MirrorReader[] readers;
    private readonly MirrorReader stranger;

    private MirrorModel(Person admin, Person ann, Person stranger)
    {
        organization = new(admin);
        books = [new(ann), new(admin)];
        readers = [new(ann), new(admin)];
        this.stranger = new(stranger);
    }

    /// <summary>Which changes the mirrors receive: those of a feed that loses the others.</summary>
    public Func<JsonNode, bool>? Receives { get; init; }

    public static async Task<MirrorModel> MakeAsync(Service service, Func<JsonNode, bool>? receives = null)
    {
        var admin = await service.AdminAsync();
        return new(admin, await service.ColleagueAsync(admin), await service.AdminAsync("carl")) { Receives = receives };
    }

    /// <summary>Does it, if it can be done.</summary>
    public async Task DoAsync(Step step)
    {
        var who = step.Which % books.Length;
        switch (step.Kind)
        {
            case StepKind.ReadPage:
                await readers[who].ReadPageAsync(1 + (step.Other % 5), Receives);
                break;
            case StepKind.Follow:
                await readers[who].FollowAsync(1 + (step.Other % 20), Receives);
                break;
            case StepKind.GoBack:
                readers[who].GoBack(step.Other);
                break;
            case StepKind.StartAgain:
                readers[who].StartAgain();
                break;
            case >= StepKind.AddUser:
                await organization.DoAsync(step);
                break;
            default:
                await books[who].DoAsync(step, FindEntry(books[who], step.Other));
                break;
        }
    }

    /// <summary>Requires that both mirrors are what should be there and what is listed, and that the stranger has got nothing.</summary>
    public async Task ShouldBeMirroredAsync(int pageSize)
    {
        foreach (var (book, reader) in books.Zip(readers))
        {
            var full = await FullRead.OfAsync(book.Owner); // which creates a book with its default group
            await reader.FollowAsync(pageSize, Receives);
            Assert.Equal("", FullRead.Differences(full, reader.Mirror.Resources));
            Assert.Equal(Expect(book), Show(reader.Mirror));
            Assert.False(await reader.ReadPageAsync(pageSize, Receives));
        }

        await stranger.FollowAsync(pageSize);
        Assert.Equal(0, stranger.Mirror.Applied);
    }

    // Who has left, and whom the book has, is not taken.
    private string? FindEntry(OwnBook book, int which)
    {
        var free = organization.Entries.FindAll(
            entry => entry.Type == "User" && entry.IsHere && !book.Contacts.Exists(contact => contact.Id == entry.Id));
        return free.Count == 0 ? null : free[which % free.Count].Id;
    }

    private string Expect(OwnBook book)
    {
        var own = book.Contacts.Select(contact =>
        {
            var entry = contact.IsCloud ? organization.Entries.Find(one => one.Id == contact.Id) : null;
            var isResolved = contact.IsCloud ? entry?.IsHere == true : (bool?)null;
            // Of who has left, the name is still known.
            var title = !contact.IsCloud ? contact.Title : isResolved == true ? entry!.Title : null;
            return Line(
                contact.Id, book.Owner.User, contact.IsCloud ? entry?.Name : contact.Name, title, contact.Notes, isResolved,
                book.NamesOf(contact));
        });
        var others = organization.Entries
            .Where(entry => entry.IsHere && !book.Contacts.Exists(contact => contact.Id == entry.Id))
            .Select(entry => Line(
                entry.Id, book.Owner.Organization, entry.Name, entry.Title, null, entry.Type == "Custom" ? null : true, ""));
        return Lines(own.Concat(others).Concat(book.Groups));
    }

    private static string Show(Mirror mirror)
    {
        var groups = mirror.Of("group").ToDictionary(
            group => Text(group, "groupId")!,
            group => (
                Name: group["isDefault"]!.GetValue<bool>() ? OwnContact.Default : Text(group, "displayName"),
                Count: group["memberCount"]!.GetValue<int>()),
            StringComparer.Ordinal);
        return Lines(mirror.Of("contact")
            .Select(contact => Line(
                Text(contact, "contactId")!, Text(contact, "ownerId")!, Text(contact, "displayName"), Text(contact, "title"),
                Text(contact, "notes"), (bool?)contact["resolved"],
                string.Join(',', GroupsOf(contact).Select(id => groups[id].Name).Order(StringComparer.Ordinal))))
            .Concat(groups.Values.Select(group => $"group {group.Name} with {group.Count}")));
    }

    private static IEnumerable<string> GroupsOf(JsonNode contact) =>
        (contact["groups"]?.AsArray() ?? []).Select(id => id!.GetValue<string>());

    private static string Line(string id, string owner, string? name, string? title, string? notes, bool? isResolved, string groups) =>
        $"{id} of {owner}: {name}, {title}, {notes}, {isResolved}, in {groups}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string? Text(JsonNode resource, string member) => (string?)resource[member];
}
