using ContactsService.Tests.Directories;
using ContactsService.Tests.Genesys;
using ContactsService.Tests.Scim;

namespace ContactsService.Tests.Mirrors;

/// <summary>The book of an organization: its admin does what is told, and what there should be is kept in memory.</summary>
internal sealed class OrganizationBook(Person admin)
{
    private int number;

    /// <summary>The users, queues and CUSTOM contacts, in the order in which they came; deleted users and queues, too.</summary>
    public List<OrganizationEntry> Entries { get; } = [];

    /// <summary>Does it, if it can be done.</summary>
    public async Task DoAsync(Step step)
    {
        number++;
        await (step.Kind switch
        {
            StepKind.AddUser => AddAsync("User", name => admin.AddUserIdAsync(
                name, $$""" "displayName": "{{name}}", "title": "{{name}}" """)),
            StepKind.AddUsersByBulk => AddUsersAsync(),
            StepKind.AddQueue => AddAsync("Queue", name => admin.AddQueueAsync(name)),
            StepKind.AddShared => AddAsync("Custom", name => admin.AddSharedAsync(name)),
            StepKind.AddSharedByGenesys => AddAsync("Custom", name => admin.AddCustomAsync(name)),
            StepKind.RenameUser => ChangeAsync("User", true, step, RenameUserAsync),
            StepKind.DeactivateUser => ChangeAsync("User", true, step, user => SetActiveAsync(user, false)),
            StepKind.ReactivateUser => ChangeAsync("User", false, step, user => SetActiveAsync(user, true)),
            StepKind.DeleteUser => ChangeAsync("User", step.Which % 2 == 0, step, user => DeleteAsync(user, admin.DeleteUserAsync)),
            StepKind.RenameQueue => ChangeAsync("Queue", true, step, entry => RenameAsync(entry, (id, name) =>
                admin.PatchAsync($"/queues/{id}", $$"""{"name":"{{name}}"}"""))),
            StepKind.DeleteQueue => ChangeAsync("Queue", true, step, entry => DeleteAsync(entry, admin.DeleteQueueAsync)),
            StepKind.RenameShared => ChangeAsync("Custom", true, step, entry => RenameAsync(entry, (id, name) =>
                admin.PatchAsync($"/contacts/{id}", $$"""{"displayName":"{{name}}"}"""))),
            StepKind.RenameSharedByGenesys => ChangeAsync("Custom", true, step, entry => RenameAsync(entry, (id, name) =>
                admin.PutAsync($"/api/v2/contacts/{id}", $$"""{"name":"{{name}}"}"""))),
            StepKind.DeleteShared => ChangeAsync("Custom", true, step, entry => DeleteSharedAsync(entry, "/contacts", 204)),
            StepKind.DeleteSharedByGenesys => ChangeAsync("Custom", true, step, entry => DeleteSharedAsync(entry, "/api/v2/contacts", 200)),
            _ => Task.CompletedTask,
        });
    }

    private async Task AddAsync(string type, Func<string, Task<string>> add)
    {
        var name = $"{type} {number}";
        Entries.Add(new() { Id = await add(name), Type = type, Name = name, Title = type == "User" ? name : null });
    }

    private async Task AddUsersAsync()
    {
        var reply = (await admin.ScimAsync("POST", "/scim/v2/Bulk", $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
            {"method":"POST","path":"/Users","bulkId":"a","data":{"schemas":["{{ScimCalls.Core}}"],"userName":"a{{number}}"} },
            {"method":"POST","path":"/Users","bulkId":"b","data":{"schemas":["{{ScimCalls.Core}}"],"userName":"b{{number}}"} }]}
            """)).ShouldBe(200);
        foreach (var (name, location) in ((string[])["a", "b"]).Zip(reply.Values("Operations", "location")))
        {
            Entries.Add(new() { Id = location.Split('/')[^1], Type = "User", Name = $"{name}{number}" });
        }
    }

    private async Task ChangeAsync(string type, bool isHere, Step step, Func<OrganizationEntry, Task> change)
    {
        var entries = Entries.FindAll(entry => entry.Type == type && entry.IsHere == isHere && !entry.IsDeleted);
        if (entries.Count > 0)
        {
            await change(entries[step.Other % entries.Count]);
        }
    }

    private async Task RenameUserAsync(OrganizationEntry user)
    {
        await admin.RenameAsync(user.Id, $"User {number}");
        user.Name = $"User {number}";
    }

    private static async Task RenameAsync(OrganizationEntry entry, string name, Func<string, string, Task<Reply>> rename)
    {
        (await rename(entry.Id, name)).ShouldBe(200);
        entry.Name = name;
    }

    private Task RenameAsync(OrganizationEntry entry, Func<string, string, Task<Reply>> rename) =>
        RenameAsync(entry, $"{entry.Type} {number}", rename);

    private async Task SetActiveAsync(OrganizationEntry user, bool isActive)
    {
        await admin.SetAsync(user.Id, "active", isActive ? "true" : "false");
        user.IsHere = isActive;
    }

    private static async Task DeleteAsync(OrganizationEntry entry, Func<string, Task> delete)
    {
        await delete(entry.Id);
        (entry.IsHere, entry.IsDeleted) = (false, true);
    }

    private async Task DeleteSharedAsync(OrganizationEntry entry, string path, int status)
    {
        (await admin.DeleteAsync($"{path}/{entry.Id}")).ShouldBe(status);
        Entries.Remove(entry);
    }
}

/// <summary>A user, a queue or a CUSTOM contact of an organization.</summary>
internal sealed class OrganizationEntry
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Name { get; set; }

    public string? Title { get; init; }

    /// <summary>False once a user was deactivated, or a user or queue deleted.</summary>
    public bool IsHere { get; set; } = true;

    public bool IsDeleted { get; set; }
}
