using System.Buffers;
using System.Text;
using System.Text.Json;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>A group as it is read: the stored JSON text, and the values of columns.</summary>
internal sealed record GroupView(
    Guid GroupId, byte[] ReadyBody, long Version, DateTime Created, DateTime LastModified, bool IsDefault, int MemberCount, byte[]? Members)
{
    /// <summary>The columns that <see cref="Read(NpgsqlDataReader)"/> expects, from the alias <c>c</c>.</summary>
    public const string Columns = "c.group_id, c.body, c.version, c.created, c.last_modified, c.is_default, c.member_count, c.members";

    /// <summary>The number of <see cref="Columns"/>. Further columns of a query follow them.</summary>
    public const int ColumnCount = 8;

    /// <summary>Serializes a draft as JSON members without braces.</summary>
    public static string Body(BookKey book, Guid id, GroupDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            json.WriteString("groupId", id);
            json.WriteString("displayName", draft.DisplayName);
            json.WriteString("groupType", draft.StoredType);
            if (draft.EncryptionKeyUrl is not null)
            {
                json.WriteString("encryptionKeyUrl", draft.EncryptionKeyUrl);
            }

            if (draft.IsMigration is { } migration)
            {
                json.WriteBoolean("isMigration", migration);
            }

            json.WriteString("ownerId", book.OwnerId);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan[1..^1]);
    }

    public static GroupView Read(NpgsqlDataReader row) => Read(row, first: 0);

    /// <summary>Reads a row whose columns from <paramref name="first"/> on are <see cref="Columns"/>.</summary>
    public static GroupView Read(NpgsqlDataReader row, int first) => new(
        row.GetGuid(first),
        row.GetFieldValue<byte[]>(first + 1),
        row.GetInt64(first + 2),
        row.GetDateTime(first + 3),
        row.GetDateTime(first + 4),
        row.GetBoolean(first + 5),
        row.GetInt32(first + 6),
        row.IsDBNull(first + 7) ? null : row.GetFieldValue<byte[]>(first + 7));

    /// <summary>Writes the JSON object.</summary>
    /// <param name="output">The output.</param>
    /// <param name="book">The book, which is part of the ETag.</param>
    /// <param name="fields">The members to write; null for all.</param>
    public void Write(IBufferWriter<byte> output, BookKey book, HashSet<string>? fields = null)
    {
        var view = new ViewWriter(output, fields);
        view.Ready(ReadyBody);
        if (IsDefault)
        {
            view.Member("isDefault", "true"u8);
        }
        else
        {
            view.Member("isDefault", "false"u8);
        }

        view.Number("memberCount", MemberCount);
        if (Members is not null)
        {
            view.Member(GroupAttributes.MembersField, "["u8, Members, "]"u8);
        }

        view.Meta(Created, LastModified, Version, ETag(book));
        view.End();
    }

    public string ETag(BookKey book) => Answer.Tag(book.Tag, Version);
}
