using ContactsService.Tests.Bulk;

namespace ContactsService.Tests.Mirrors;

/// <summary>The book of a person: told what to do, it does so at the service and keeps in memory what there should be.</summary>
internal sealed class OwnBook(Person owner)
{
    private const string Webex = "/encrypt/Users";

    private readonly List<(string Id, string Name)> groups = []; // without the default group
    private bool isCreated;
    private int number;

    public Person Owner => owner;

    /// <summary>The contacts, in the order in which they came.</summary>
    public List<OwnContact> Contacts { get; } = [];

    /// <summary>The groups with their counts of members.</summary>
    public IEnumerable<string> Groups => groups
        .Select(group => $"group {group.Name} with {Contacts.Count(contact => contact.Groups.Contains(group.Id))}")
        .Append($"group {OwnContact.Default} with {Contacts.Count(contact => contact.Groups.Contains(OwnContact.Default))}");

    /// <summary>The names of a contact's groups.</summary>
    public string NamesOf(OwnContact contact) => string.Join(',', contact.Groups
        .Select(id => groups.Find(group => group.Id == id).Name ?? OwnContact.Default).Order(StringComparer.Ordinal));

    /// <summary>Does it, if it can be done.</summary>
    /// <param name="step">The step.</param>
    /// <param name="entry">An entry of the directory that is not in the book; null when there is none.</param>
    public async Task DoAsync(Step step, string? entry)
    {
        number++;
        var contact = Contacts.Count == 0 ? null : Contacts[step.Other % Contacts.Count];
        var group = groups.Count == 0 ? null : groups[step.Other / 2 % groups.Count].Id;
        isCreated |= await (step.Kind switch
        {
            StepKind.AddContact => AddContactAsync("/contacts", step.Other % 2 == 0 ? group : null),
            StepKind.AddContactByWebex => AddContactAsync($"{Webex}/contacts", group),
            StepKind.PutContact => PutContactAsync($"again-{step.Other % 3}", group),
            StepKind.TakeEntry when entry is not null => TakeAsync(HttpMethod.Post, "/contacts", entry),
            StepKind.PutEntry when entry is not null => TakeAsync(HttpMethod.Put, $"/contacts/{entry}", entry),
            StepKind.TakeUnknown when !Contacts.Exists(one => one.Id == $"nobody-{step.Other % 2}") =>
                TakeAsync(HttpMethod.Post, "/contacts", $"nobody-{step.Other % 2}"),
            StepKind.AddGroup => AddGroupAsync("/groups"),
            // In a book without groups it would become the default group.
            StepKind.AddGroupByWebex when isCreated => AddGroupAsync($"{Webex}/groups"),
            StepKind.PutGroup => PutGroupAsync($"00000000-0000-7000-8000-00000000000{step.Other % 2}"),
            StepKind.Bulk => BulkAsync(contact),
            StepKind.RenameGroup when group is not null => RenameGroupAsync(group),
            StepKind.DeleteGroup when group is not null => DeleteGroupAsync($"/groups/{group}?contacts=keep", group),
            StepKind.DeleteGroupByWebex when group is not null => DeleteGroupAsync($"{Webex}/groups/{group}", group),
            StepKind.DeleteGroupWithContacts when group is not null => DeleteGroupWithContactsAsync(group),
            _ when contact is null => Task.FromResult(false),
            StepKind.PatchContact => PatchAsync(contact),
            StepKind.DeleteContact => DeleteAsync($"/contacts/{contact.Id}", contact),
            StepKind.DeleteContactByWebex => DeleteAsync($"{Webex}/contacts/{contact.Id}", contact),
            _ when group is null => Task.FromResult(false),
            StepKind.MoveContact => MoveAsync(contact, group),
            StepKind.AddMember => AddMemberAsync(contact, group),
            StepKind.RemoveMember => RemoveMemberAsync(contact, group),
            StepKind.ChangeMembers => ChangeMembersAsync(contact, Contacts[step.Which % Contacts.Count], group),
            _ => Task.FromResult(false),
        });
    }

    private async Task<bool> AddContactAsync(string path, string? group)
    {
        var contact = new OwnContact { Name = $"Contact {number}", Title = $"T{number}" };
        var groupsMember = group is null ? "" : $$""", "groups":["{{group}}"]""";
        contact.Id = (await owner.PostAsync(
            path, $$"""{"contactType":"CUSTOM","displayName":"{{contact.Name}}","title":"{{contact.Title}}"{{groupsMember}}}"""))
            .ShouldBe(201).Value("contactId");
        contact.Groups.Add(group ?? OwnContact.Default);
        Contacts.Add(contact);
        return true;
    }

    private async Task<bool> PutContactAsync(string id, string? group)
    {
        var groupsMember = group is null ? "" : $$""", "groups":["{{group}}"]""";
        (await owner.PutAsync(
            $"/contacts/{id}", $$"""{"contactType":"CUSTOM","displayName":"Again","title":"T{{number}}"{{groupsMember}}}"""))
            .ShouldBe(Contacts.RemoveAll(one => one.Id == id) == 1 ? 200 : 201);
        Contacts.Add(new() { Id = id, Name = "Again", Title = $"T{number}", Groups = { group ?? OwnContact.Default } });
        return true;
    }

    private async Task<bool> TakeAsync(HttpMethod method, string path, string id)
    {
        var body = $$"""{"contactType":"CLOUD","contactId":"{{id}}","notes":"N{{number}}"}""";
        (await owner.SendAsync(method, path, body, [])).ShouldBe(201);
        Contacts.Add(new() { Id = id, IsCloud = true, Notes = $"N{number}", Groups = { OwnContact.Default } });
        return true;
    }

    private async Task<bool> PatchAsync(OwnContact contact)
    {
        if (contact.IsCloud)
        {
            contact.Notes = $"N{number}";
            (await owner.PatchAsync($"/contacts/{contact.Id}", $$"""{"notes":"{{contact.Notes}}"}""")).ShouldBe(200);
        }
        else
        {
            contact.Title = $"T{number}";
            (await owner.PatchAsync($"/contacts/{contact.Id}", $$"""{"title":"{{contact.Title}}"}""")).ShouldBe(200);
        }

        return true;
    }

    private async Task<bool> DeleteAsync(string path, OwnContact contact)
    {
        (await owner.DeleteAsync(path)).ShouldBe(204);
        Contacts.Remove(contact);
        return true;
    }

    private async Task<bool> MoveAsync(OwnContact contact, string group)
    {
        (await owner.PatchAsync($"/contacts/{contact.Id}", $$"""{"groups":["{{group}}"]}""")).ShouldBe(200);
        contact.Groups.Clear();
        contact.Groups.Add(group);
        return true;
    }

    private async Task<bool> AddGroupAsync(string path)
    {
        var id = (await owner.PostAsync(path, $$"""{"displayName":"Group {{number}}","encryptionKeyUrl":"kms://k"}"""))
            .ShouldBe(201).Value("groupId");
        groups.Add((id, $"Group {number}"));
        return true;
    }

    // The same ids come and go again and again.
    private async Task<bool> PutGroupAsync(string id)
    {
        if (groups.Exists(group => group.Id == id))
        {
            return false;
        }

        (await owner.PutAsync($"/groups/{id}", $$"""{"displayName":"Group {{number}}"}""")).ShouldBe(201);
        groups.Add((id, $"Group {number}"));
        return true;
    }

    private async Task<bool> BulkAsync(OwnContact? member)
    {
        var added = new OwnContact { Name = $"Contact {number}" };
        List<string> operations =
        [
            BulkCalls.Post("/groups", $$"""{"displayName":"Group {{number}}"}""", "g"),
            BulkCalls.Post("/contacts", BulkCalls.Custom(added.Name, ""","groups":["bulkId:g"] """)),
        ];
        if (member is not null)
        {
            operations.Add(BulkCalls.Put($"/groups/bulkId:g/members/{member.Id}"));
            operations.Add(BulkCalls.Patch($"/contacts/{member.Id}", $$"""{"notes":"N{{number}}"}"""));
            member.Notes = $"N{number}";
        }

        var results = await owner.BulkAsync([.. operations]);
        Assert.All(results.Statuses(), status => Assert.InRange(status, 200, 204));
        var group = results[0].Data("groupId");
        added.Id = results[1].Data("contactId");
        added.Groups.Add(group);
        Contacts.Add(added);
        member?.Groups.Add(group);
        groups.Add((group, $"Group {number}"));
        return true;
    }

    private async Task<bool> RenameGroupAsync(string id)
    {
        (await owner.PatchAsync($"/groups/{id}", $$"""{"displayName":"Group {{number}}"}""")).ShouldBe(200);
        groups[groups.FindIndex(group => group.Id == id)] = (id, $"Group {number}");
        return true;
    }

    private async Task<bool> DeleteGroupAsync(string path, string id)
    {
        (await owner.DeleteAsync(path)).ShouldBe(204);
        groups.RemoveAll(group => group.Id == id);
        Contacts.ForEach(contact => contact.Leave(id));
        return true;
    }

    private Task<bool> DeleteGroupWithContactsAsync(string id)
    {
        Contacts.RemoveAll(contact => contact.Groups.SetEquals([id]));
        return DeleteGroupAsync($"/groups/{id}?contacts=delete", id);
    }

    private async Task<bool> AddMemberAsync(OwnContact contact, string group)
    {
        await owner.PutAsync($"/groups/{group}/members/{contact.Id}");
        contact.Groups.Add(group);
        return true;
    }

    private async Task<bool> RemoveMemberAsync(OwnContact contact, string group)
    {
        await owner.DeleteAsync($"/groups/{group}/members/{contact.Id}");
        contact.Leave(group);
        return true;
    }

    private async Task<bool> ChangeMembersAsync(OwnContact added, OwnContact removed, string group)
    {
        if (added == removed)
        {
            return false;
        }

        (await owner.PostAsync($"/groups/{group}/members", $$"""{"add":["{{added.Id}}"],"remove":["{{removed.Id}}"]}""")).ShouldBe(200);
        added.Groups.Add(group);
        removed.Leave(group);
        return true;
    }
}

/// <summary>A contact of a person's own book.</summary>
internal sealed class OwnContact
{
    /// <summary>Stands for the default group.</summary>
    public const string Default = "default";

    public string Id { get; set; } = "";

    public string? Name { get; init; }

    public string? Title { get; set; }

    public string? Notes { get; set; }

    /// <summary>True when it refers to an entry of the directory.</summary>
    public bool IsCloud { get; init; }

    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Leaves a group, and moves to the default group when it is in no other.</summary>
    public void Leave(string group)
    {
        if (Groups.Remove(group) && Groups.Count == 0)
        {
            Groups.Add(Default);
        }
    }
}
