using System.Buffers;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>What somebody has of the directory: its attributes, and beside them the few that are the owner's.</summary>
internal static class DirectoryOverlay
{
    private static readonly HashSet<string> OwnersMembers =
        new(ContactField.All.Where(field => field.IsOwnerField).Select(field => field.Name).Append("ownerId"), StringComparer.Ordinal);

    /// <summary>The ready members of the two, without braces.</summary>
    public static byte[] Merge(byte[] directory, byte[] own)
    {
        var buffer = new ArrayBufferWriter<byte>(directory.Length + own.Length + 2);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            Write(json, directory, name => !OwnersMembers.Contains(name));
            Write(json, own, OwnersMembers.Contains);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>What of a draft is the owner's to write; the rest comes from the directory.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>: it says something else than the directory.</exception>
    public static ContactDraft OwnerFields(ContactDraft draft, Contact current)
    {
        const string Why = "It comes from the directory; leave it out, or send it as it was read.";
        var errors = new MemberErrors();
        if (draft.Type is not null && !string.Equals(draft.Type, current.Type, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("type", Why);
        }

        foreach (var field in ContactField.All.Where(field => !field.IsOwnerField && !field.Agrees(draft, current)))
        {
            errors.Add(field.Name, Why);
        }

        errors.ThrowIfAny();

        var part = new ContactDraft
        {
            ContactId = draft.ContactId,
            ContactType = draft.ContactType,
            Type = current.Type,
            Groups = draft.Groups,
            OwnerId = draft.OwnerId,
        };
        foreach (var field in ContactField.All.Where(field => field.IsOwnerField))
        {
            field.Copy(draft, part);
        }

        return part;
    }

    private static void Write(Utf8JsonWriter json, byte[] members, Predicate<string> which)
    {
        using var document = JsonDocument.Parse((byte[])[(byte)'{', .. members, (byte)'}']);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (which(member.Name))
            {
                member.WriteTo(json);
            }
        }
    }
}
