using System.Buffers;
using System.Text;
using System.Text.Json;
using ContactsService.Groups;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Webex;

/// <summary>A group on the wire of the Webex SDK.</summary>
internal sealed record WebexGroup(
    Guid GroupId, byte[] Body, byte[]? Extension, bool HasMigrationMark, DateTime Created, DateTime LastModified)
{
    /// <summary>The columns that <see cref="Read(NpgsqlDataReader)"/> expects, from the alias <c>g</c>.</summary>
    public const string Columns = "g.group_id, g.body, g.extension, g.is_migration IS NOT NULL, g.created, g.last_modified";

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static GroupDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors) { KeepsUnknown = true };
        members.Ignore("groupId", "ownerId", "members", "isDefault", "meta");
        var draft = new GroupDraft
        {
            DisplayName = members.Text("displayName"),
            GroupType = members.Text("groupType"),
            EncryptionKeyUrl = members.Text("encryptionKeyUrl"),
            IsMigration = members.Flag("isMigration") ?? false,
            Extension = ExtensionData.Of(members),
            IsFromEncryptingClient = true,
        };
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>Converts a group that was just added.</summary>
    public static WebexGroup Of(GroupView group, GroupDraft draft) => new(
        group.GroupId,
        group.ReadyBody,
        draft.Extension?.Column is { } extension ? Encoding.UTF8.GetBytes(extension) : null,
        draft.IsMigration is not null,
        group.Created,
        group.LastModified);

    public static WebexGroup Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<byte[]>(1),
        row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2),
        row.GetBoolean(3),
        row.GetDateTime(4),
        row.GetDateTime(5));

    /// <summary>Writes the JSON object.</summary>
    /// <param name="output">The output.</param>
    /// <param name="members">The contacts of the group that are in the same answer.</param>
    public void Write(IBufferWriter<byte> output, IReadOnlyList<string> members)
    {
        var view = new ViewWriter(output, fields: null);
        view.Ready(ExtensionData.Merge(Body, Extension));
        if (!HasMigrationMark)
        {
            view.Member("isMigration", "false"u8);
        }

        view.Member("members", "["u8, Encoding.UTF8.GetBytes(string.Join(',', members.Select(id => $"\"{id}\""))), "]"u8);
        view.Meta(Created, LastModified);
        view.End();
    }
}
