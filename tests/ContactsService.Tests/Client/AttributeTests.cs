using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactsService.Client;
using ContactsService.Contacts;
using AddressInfo = ContactsService.Client.AddressInfo;
using Contact = ContactsService.Client.Contact;
using ContactAddress = ContactsService.Client.ContactAddress;
using ContactAttributes = ContactsService.Client.ContactAttributes;

namespace ContactsService.Tests.Client;

/// <summary>The client has what the service has; which that is, the service's table of fields says.</summary>
public class AttributeTests(Service service)
{
    public static TheoryData<string> Fields => [.. ContactField.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Can_be_read_changed_and_filtered_by(string name)
    {
        var field = ContactField.All.Single(one => one.Name == name);

        Assert.Contains(name, typeof(Contact).GetProperties().Select(JsonName));
        Assert.Equal(!field.IsDirectoryField, typeof(ContactPatch).GetProperties().Select(JsonName).Contains(name, StringComparer.Ordinal));
        Assert.All(field.Attributes, attribute => Assert.Contains(attribute.Name, Keys()));
    }

    [Fact]
    public async Task Every_kind_of_value_comes_back()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var ann = new Contact
        {
            ContactType = ContactTypes.Custom,
            ContactId = "ann",
            DisplayName = "Ann",
            Nickname = "Annie",
            Birthday = "--02-03",
            Notes = " a\nb ",
            Urls = [new() { Type = "blog", Value = "https://ann.example" }],
            Addresses = [new() { Type = "home", City = "Ulm" }, new() { City = "Rome", Primary = true }],
            Custom = new Dictionary<string, CustomValue>(StringComparer.Ordinal)
            {
                ["crm"] = "A-7",
                ["n"] = 1.50m,
                ["vip"] = true,
                ["old"] = false,
                ["i"] = 7,
            },
        };

        var added = await client.Contacts.AddAsync(ann);
        var replaced = await client.Contacts.ReplaceAsync("ann", added with { Nickname = "Nan" });

        Assert.Equal(("Nan", "--02-03", " a\nb "), (replaced.Nickname, replaced.Birthday, replaced.Notes));
        Assert.Equal(ann.Addresses, replaced.Addresses);
        Assert.Equal(new AddressInfo { City = "Rome" }, replaced.AddressInfo);
        Assert.Equal(
            "crm=A-7 n=1.50 vip=true old=false i=7",
            string.Join(' ', replaced.Custom!.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(
            ("A-7", 1.50m, true, null),
            (replaced.Custom!["crm"].Text, replaced.Custom["n"].Number, replaced.Custom["vip"].Flag, replaced.Custom["vip"].Number));
    }

    [Fact]
    public async Task Changes_keys_of_custom_and_lists_of_addresses()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(new()
        {
            ContactType = ContactTypes.Custom,
            ContactId = "ann",
            DisplayName = "Ann",
            Custom = new Dictionary<string, CustomValue>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = "x" },
        });

        var patched = await client.Contacts.PatchAsync("ann", new()
        {
            Custom = new Dictionary<string, CustomValue?>(StringComparer.Ordinal) { ["a"] = null, ["c"] = true },
            Addresses = [new() { City = "Ulm", Type = "home" }],
            Anniversary = "2001-02",
        });

        Assert.Equal("b=x c=true", string.Join(' ', patched.Custom!.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal([new ContactAddress { City = "Ulm", Type = "home" }], patched.Addresses!);
        Assert.Equal("ann", Assert.Single(await FindAsync(client, ContactAttributes.Custom("b").Is("X"))).ContactId);
        Assert.Equal("ann", Assert.Single(await FindAsync(client, ContactAttributes.AnyCity.Is("ulm"))).ContactId);
        Assert.Equal("ann", Assert.Single(await FindAsync(client, ContactAttributes.Anniversary.AtLeast("2001"))).ContactId);
        Assert.Empty(await FindAsync(client, ContactAttributes.Anniversary.LessThan("2001-02")));
    }

    private static Task<List<Contact>> FindAsync(ContactsClient client, Condition condition) =>
        client.Contacts.ListAsync(new() { Where = [condition] }).AllAsync();

    private static IEnumerable<string> Keys() => typeof(ContactAttributes).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(property => ((AttributeKey)property.GetValue(null)!).Name);

    private static string JsonName(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? (property.Name == "AvatarUrl" ? "avatarURL" : JsonNamingPolicy.CamelCase.ConvertName(property.Name));
}
