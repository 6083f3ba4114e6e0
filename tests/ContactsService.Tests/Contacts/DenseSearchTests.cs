using ContactsService.Contacts;
using Npgsql;

namespace ContactsService.Tests.Contacts;

/// <summary>
/// Searches for what thousands of contacts have are read in other ways than those for few. What is found has to be the same.
/// </summary>
public class DenseSearchTests(Service service)
{
    private static readonly string[] FirstNames = ["Ann", "Bob", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ida", "Jo"];

    [Fact]
    public async Task Finds_the_same_in_every_way()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        await admin.GetAsync("/contacts");
        (await admin.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Seed","ownerId":"{{admin.Organization}}"}"""))
            .ShouldBe(201);
        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Zz Ann Own"}""")).ShouldBe(201);
        (await ann.PostAsync(
            "/contacts", """{"contactType":"CUSTOM","displayName":"Zz Anne Own","emails":[{"value":"common@own.example"}]}"""))
            .ShouldBe(201);
        var people = await AddManyAsync(admin, 6000);

        // Every contact has it in a name, an own one in an address.
        Assert.Equal(people.Order(StringComparer.Ordinal).Take(20), await FindAsync(ann, "common"));
        // Every tenth contact has it as a whole word, one of the own ones, too.
        Assert.Equal(["Zz Ann Own", .. people.Where(name => name.StartsWith(
            "Ann ", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(19)], await FindAsync(ann, "ann"));
        // One letter.
        Assert.Equal(["Zz Ann Own", "Zz Anne Own", .. people.Order(StringComparer.Ordinal).Take(18)], await FindAsync(ann, "a"));
        // Only the last ones by name begin so.
        Assert.Equal(["Zz Ann Own", "Zz Anne Own"], await FindAsync(ann, "zz"));
        Assert.Equal(["Jo Common 0019 x"], await FindAsync(ann, "jo 0019"));
        Assert.Equal(people.Where(
            name => name.StartsWith("Jo ", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(20), await FindAsync(ann, "j"));
        Assert.Equal(people.Where(
            name => name.StartsWith("Jo ", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(20), await FindAsync(ann, "j c"));
        // In the numbers of all, and of one.
        Assert.Equal(people.Order(StringComparer.Ordinal).Take(20), await FindAsync(ann, "49221"));
        Assert.Equal(["Hal Common 0017 x"], await FindAsync(ann, "5550017"));
    }

    private static async Task<List<string>> FindAsync(Person person, string words) =>
        (await person.GetAsync($"/contacts?q={Uri.EscapeDataString(words)}&fields=displayName"))
            .ShouldBe(200).Values("contacts", "displayName");

    // Written by the database: a copy of the seed with other names, and what the service would have computed for them.
    private async Task<List<string>> AddManyAsync(Person admin, int count)
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var book = new NpgsqlCommand("SELECT book_id FROM book WHERE organization = $1 AND owner_id = $1", connection)
        {
            Parameters = { new() { Value = admin.Organization } },
        };
        var bookId = (Guid)(await book.ExecuteScalarAsync())!;
        var names = Enumerable.Range(0, count).Select(i => $"{FirstNames[i % 10]} Common {i:0000} x").ToList();
        var derived = names.Select((name, i) => DerivedColumns.Of(
            bookId,
            new Contact { DisplayName = name, PhoneNumbers = [new() { Value = $"+49 221 555{i:0000}" }] },
            isCiphertext: false)).ToList();
        await using var insert = new NpgsqlCommand("""
            INSERT INTO contact (book_id, organization, owner_id, contact_id, contact_type, type, body, group_ids, version, created,
                                 last_modified, sort_name, lookup, is_encrypted, display_name, search)
            SELECT $1, $2, $2, 'many-' || name, 'CUSTOM', 'Custom',
                   '"contactId":"many-' || replace(name, ' ', '-') || '","contactType":"CUSTOM","type":"Custom","displayName":"'
                       || name || '","ownerId":"x"',
                   '{}', 1, now(), now(), sort_name, '{}', false, lower(name), search::tsvector
            FROM unnest($3::text[], $4::text[], $5::text[]) AS new(name, sort_name, search)
            """, connection)
        {
            Parameters =
            {
                new() { Value = bookId },
                new() { Value = admin.Organization },
                new() { Value = names.ToArray() },
                new() { Value = derived.Select(columns => columns.SortName).ToArray() },
                new() { Value = derived.Select(columns => columns.Search).ToArray() },
            },
        };
        await insert.ExecuteNonQueryAsync();
        return names;
    }
}
