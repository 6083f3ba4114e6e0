using System.Collections.Concurrent;

namespace ContactsService.Tests.Mirrors;

/// <summary>A contact that somebody may write.</summary>
internal sealed record PoolContact(string Id, bool IsCloud = false);

/// <summary>The contacts and groups of a person that no writer is writing at the moment.</summary>
internal sealed class OwnPools(ClusterCaller owner, bool deletesContactsOfGroups)
{
    public ClusterCaller Owner => owner;

    /// <summary>True when deleting a group may delete its contacts, too.</summary>
    public bool DeletesContactsOfGroups => deletesContactsOfGroups;

    public Pool<PoolContact> Contacts { get; } = new();

    /// <summary>Ids of which the contact may be there or not.</summary>
    public Pool<string> Again { get; } = new();

    /// <summary>The groups without the default group.</summary>
    public Pool<string> Groups { get; } = new();

    /// <summary>The directory's entries that are in the book, or about to be.</summary>
    public ConcurrentDictionary<string, bool> Taken { get; } = new(StringComparer.Ordinal);
}

/// <summary>Random writes of own books, by the native API, its bulk requests and the Webex API.</summary>
internal sealed class OwnWrites(Writer writer)
{
    private const string Webex = "/encrypt/Users";

    private Random Random => writer.Random;

    public Task WriteAsync(OwnPools book) => Random.Next(16) switch
    {
        0 or 1 => AddContactAsync(book, "add contact", "/contacts"),
        2 => AddContactAsync(book, "add contact by Webex", $"{Webex}/contacts"),
        3 => AgainAsync(book),
        4 or 5 or 6 => PatchAsync(book),
        7 or 8 => DeleteContactAsync(book),
        9 => AddGroupAsync(book),
        10 => Random.Next(2) == 0 ? RenameGroupAsync(book) : DeleteGroupAsync(book),
        11 or 12 => MembersAsync(book),
        _ => TakeAsync(book),
    };

    private async Task AddContactAsync(OwnPools book, string operation, string path)
    {
        var write = Begin(book, null);
        var reply = await writer.SendAsync(
            operation, book.Owner, write, HttpMethod.Post, path,
            $$"""{"contactType":"CUSTOM","displayName":"Contact","title":"{{write.Text}}"{{GroupsMember(book)}}}""");
        if ((int?)reply?.Status == 201)
        {
            write.Id = reply.Value("contactId");
            book.Contacts.Add(new(write.Id));
        }
    }

    // The same ids come and go again and again.
    private async Task AgainAsync(OwnPools book)
    {
        if (book.Again.Take(Random) is not { } id)
        {
            return;
        }

        var write = Begin(book, id);
        var reply = Random.Next(3) == 0
            ? await DeleteAsync(book, "delete again", $"/contacts/{id}", id)
            : await writer.SendAsync(
                "put contact", book.Owner, write, HttpMethod.Put, $"/contacts/{id}",
                $$"""{"contactType":"CUSTOM","displayName":"Again","title":"{{write.Text}}"{{GroupsMember(book)}}}""");
        if (reply is not null)
        {
            book.Again.Add(id);
        }
    }

    private async Task PatchAsync(OwnPools book)
    {
        if (book.Contacts.Take(Random) is not { } contact)
        {
            return;
        }

        var write = Begin(book, contact.Id);
        var reply = await writer.SendAsync(
            "patch contact", book.Owner, write, HttpMethod.Patch, $"/contacts/{contact.Id}",
            $$"""{"{{(contact.IsCloud ? "notes" : "title")}}":"{{write.Text}}"{{(Random.Next(3) == 0 ? GroupsMember(book) : "")}}}""",
            "application/merge-patch+json");
        if (reply is not null && (int)reply.Status != 404)
        {
            book.Contacts.Add(contact);
        }
    }

    private async Task DeleteContactAsync(OwnPools book)
    {
        if (book.Contacts.Take(Random) is not { } contact)
        {
            return;
        }

        var (operation, path) = Random.Next(2) == 0 ? ("delete contact", "/contacts") : ("delete contact by Webex", $"{Webex}/contacts");
        if (await DeleteAsync(book, operation, $"{path}/{contact.Id}", contact.Id) is not null)
        {
            book.Taken.TryRemove(contact.Id, out _);
        }
    }

    private Task<Reply?> DeleteAsync(OwnPools book, string operation, string path, string id)
    {
        writer.Ledger.AllowDeletion(book.Owner.Organization, book.Owner.User, id);
        return writer.SendAsync(operation, book.Owner, null, HttpMethod.Delete, path);
    }

    private async Task AddGroupAsync(OwnPools book)
    {
        var write = Begin(book, null);
        var (operation, path) = Random.Next(2) == 0 ? ("add group", "/groups") : ("add group by Webex", $"{Webex}/groups");
        var reply = await writer.SendAsync(
            operation, book.Owner, write, HttpMethod.Post, path,
            $$"""{"displayName":"Group {{write.Text}}","encryptionKeyUrl":"kms://k"}""");
        if ((int?)reply?.Status == 201)
        {
            write.Id = reply.Value("groupId");
            book.Groups.Add(write.Id);
        }
    }

    private async Task RenameGroupAsync(OwnPools book)
    {
        if (book.Groups.Take(Random) is not { } id)
        {
            return;
        }

        var write = Begin(book, id);
        if (await writer.SendAsync(
            "rename group", book.Owner, write, HttpMethod.Patch, $"/groups/{id}", $$"""{"displayName":"Group {{write.Text}}"}""",
            "application/merge-patch+json") is not null)
        {
            book.Groups.Add(id);
        }
    }

    private async Task DeleteGroupAsync(OwnPools book)
    {
        if (book.Groups.Take(Random) is not { } id)
        {
            return;
        }

        await (Random.Next(3) switch
        {
            0 => DeleteAsync(book, "delete group by Webex", $"{Webex}/groups/{id}", id),
            1 when book.DeletesContactsOfGroups =>
                DeleteAsync(book, "delete group with contacts", $"/groups/{id}?contacts=delete", id),
            _ => DeleteAsync(book, "delete group", $"/groups/{id}?contacts=keep", id),
        });
    }

    private async Task MembersAsync(OwnPools book)
    {
        if (book.Groups.Peek(Random) is not { } group || book.Contacts.Peek(Random) is not { } contact
            || book.Contacts.Peek(Random) is not { } other)
        {
            return;
        }

        await (Random.Next(3) switch
        {
            0 => writer.SendAsync("add member", book.Owner, null, HttpMethod.Put, $"/groups/{group}/members/{contact.Id}"),
            1 => writer.SendAsync("remove member", book.Owner, null, HttpMethod.Delete, $"/groups/{group}/members/{contact.Id}"),
            _ => writer.SendAsync(
                "change members", book.Owner, null, HttpMethod.Post, $"/groups/{group}/members",
                $$"""{"add":["{{contact.Id}}"],"remove":["{{other.Id}}"]}"""),
        });
    }

    private async Task TakeAsync(OwnPools book)
    {
        if (writer.Directory.Any(Random) is not { } entry || !book.Taken.TryAdd(entry.Id, true))
        {
            return;
        }

        var write = Begin(book, entry.Id);
        var isPut = entry.Type == "User" && Random.Next(2) == 0;
        var reply = await writer.SendAsync(
            isPut ? "put entry" : "take entry", book.Owner, write, isPut ? HttpMethod.Put : HttpMethod.Post,
            isPut ? $"/contacts/{entry.Id}" : "/contacts",
            $$"""{"contactType":"CLOUD","type":"{{entry.Type}}","contactId":"{{entry.Id}}","notes":"{{write.Text}}"}""");
        if ((int?)reply?.Status is 200 or 201)
        {
            book.Contacts.Add(new(entry.Id, IsCloud: true));
        }
        else if (reply is not null)
        {
            book.Taken.TryRemove(entry.Id, out _);
        }
    }

    private Write Begin(OwnPools book, string? id) => writer.Ledger.Begin(book.Owner.Organization, book.Owner.User, id);

    private string GroupsMember(OwnPools book) =>
        Random.Next(2) == 0 && book.Groups.Peek(Random) is { } group ? $$""","groups":["{{group}}"]""" : "";
}
