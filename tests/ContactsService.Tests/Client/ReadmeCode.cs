using System.Text.Json;
using ContactsService.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Tests.Client;

/// <summary>The C# of the package's README, to be compiled and run; <see cref="ReadmeTests"/> compares both, block by block.</summary>
internal static class ReadmeCode
{
    public static async Task FirstCallAsync(string address, string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var client = new ContactsClient(http);
        var joe = await client.Contacts.AddAsync(new Contact { ContactType = ContactTypes.Custom, DisplayName = "Joe Johnson" });
        Console.WriteLine($"{joe.DisplayName} is {joe.ContactId}");
    }

    public static void Register(IServiceCollection services, string address, string token)
    {
        services.AddContactsClient(options =>
        {
            options.BaseAddress = new Uri(address);
            options.Token = token;
        });
    }

    public static async Task FindAsync(ContactsClient client)
    {
        var query = new ListQuery
        {
            Where =
            [
                ContactAttributes.LastName.StartsWith("jo", "le"),
                ContactAttributes.City.Is("Köln"),
                ContactAttributes.Type.IsNot("Queue"),
            ],
            OrderBy = [ContactAttributes.LastName.Ascending, ContactAttributes.LastModified.Descending],
            Fields = ["displayName", "phoneNumbers"],
            PageSize = 500,
        };
        await foreach (var contact in client.Contacts.ListAsync(query))
        {
            Console.WriteLine(contact.DisplayName);
        }
    }

    public static async Task<int> SearchAsync(ContactsClient client)
    {
        foreach (var match in await client.Contacts.WhoIsCallingAsync("0221 5550134", region: "DE"))
        {
            Console.WriteLine($"{match.DisplayName} ({match.OwnerId})");
        }

        var typed = await client.Contacts.SearchAsync("ann mül", new SearchOptions { Fields = ["displayName"], PageSize = 5 });
        return typed.Count;
    }

    public static async Task ChangeAsync(ContactsClient client, string id)
    {
        var ann = await client.Contacts.GetAsync(id);
        var patch = new ContactPatch { Title = "Head of Sales", Manager = null, AddressInfo = new() { City = "Köln" } };
        try
        {
            await client.Contacts.PatchAsync(id, patch, ann.ETag);
        }
        catch (ProblemException problem) when (problem.Code == "stale")
        {
            Console.WriteLine($"Somebody was faster; {problem.ETag} is current.");
        }
    }

    public static async Task PushAsync(ContactsClient client)
    {
        var friends = BulkOperation.AddGroup(new ContactGroup { DisplayName = "Friends" }, bulkId: "friends");
        var joe = new Contact { ContactType = ContactTypes.Custom, DisplayName = "Joe", Groups = [friends.Reference] };
        foreach (var result in await client.Bulk.SendAsync([friends, BulkOperation.UpsertContact("joe", joe)]))
        {
            Console.WriteLine($"{result.Operation.Path}: {result.Status} {result.Problem?.Detail}");
        }
    }

    public sealed record Mirror(string? Token, Dictionary<string, Contact> Contacts);

    public static async Task FollowAsync(ContactsClient client, string file, CancellationToken cancellationToken)
    {
        var (token, contacts) = File.Exists(file)
            ? JsonSerializer.Deserialize<Mirror>(await File.ReadAllTextAsync(file, cancellationToken))! : new Mirror(null, []);
        await foreach (var page in client.Changes.FollowAsync(token, pageSize: 1000, cancellationToken))
        {
            foreach (var change in page.Changes.Where(change => change.Kind == ChangeKinds.Contact))
            {
                if (change.IsDelete)
                {
                    contacts.Remove(change.Id);
                }
                else
                {
                    contacts[change.Id] = change.Contact!;
                }
            }

            await File.WriteAllTextAsync($"{file}.new", JsonSerializer.Serialize(new Mirror(page.NextToken, contacts)), cancellationToken);
            File.Move($"{file}.new", file, overwrite: true);
        }
    }

    public static string? Receive(HttpRequest request, byte[] body, string secret)
    {
        if (!WebhookSignature.Verify(name => request.Headers[name], body, secret))
        {
            return null; // answer 401
        }

        return WebhookMessage.Read(body).Data.Token; // there is something new, up to this token
    }

    public static async Task FollowTheGuideAsync(ContactsClient client)
    {
        var response = await client.CreateContactAsync(new Contact { ContactType = "CLOUD" });
        Console.WriteLine($"{response.StatusCode} {response.Message}: {response.Data.Error}");
    }
}
