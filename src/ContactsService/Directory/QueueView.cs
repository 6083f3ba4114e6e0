using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Directory;

/// <summary>A queue as it is read.</summary>
internal sealed record QueueView(string Id, QueueDraft Draft, long Version, DateTime Created, DateTime LastModified)
{
    /// <summary>The columns that <see cref="Read"/> expects, from the alias <c>c</c>.</summary>
    public const string Columns = "c.contact_id, c.body, c.extension, c.version, c.created, c.last_modified";

    /// <summary>The number of <see cref="Columns"/>. Further columns of a query follow them.</summary>
    public const int ColumnCount = 6;

    public static QueueView Read(NpgsqlDataReader row)
    {
        var body = JsonNode.Parse($"{{{row.GetString(1)}}}")!;
        var extension = row.IsDBNull(2) ? null : JsonNode.Parse(row.GetString(2))![QueueDraft.ExtensionKey];
        var draft = new QueueDraft
        {
            Name = body["displayName"]!.GetValue<string>(),
            PhoneNumber = body["phoneNumbers"]?[0]?["value"]?.GetValue<string>(),
            Description = extension?["description"]?.GetValue<string>(),
        };
        return new(row.GetString(0), draft, row.GetInt64(3), row.GetDateTime(4), row.GetDateTime(5));
    }

    /// <summary>Converts the queue to JSON.</summary>
    /// <param name="book">The book, which is part of the ETag.</param>
    /// <param name="fields">The members to write; null for all.</param>
    public JsonObject ToJson(BookKey book, HashSet<string>? fields = null)
    {
        var json = ToDocument();
        json.Insert(0, "queueId", Id);
        json["meta"] = new JsonObject
        {
            ["created"] = Timestamps.Text(Created),
            ["lastModified"] = Timestamps.Text(LastModified),
            ["version"] = Version,
            ["etag"] = ETag(book),
        };
        foreach (var name in json.Select(member => member.Key).Where(name => fields?.Contains(name) == false).ToList())
        {
            json.Remove(name);
        }

        return json;
    }

    /// <summary>Returns the members that callers can change.</summary>
    public JsonObject ToDocument()
    {
        var json = new JsonObject { ["name"] = Draft.Name };
        foreach (var (name, value) in new[] { ("phoneNumber", Draft.PhoneNumber), ("description", Draft.Description) })
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    public string ETag(BookKey book) => Answer.Tag(book.Tag, Version);

    public Answer ToAnswer(BookKey book, int status) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(ToJson(book), JsonText.Options)) { ETag = ETag(book) };
}
