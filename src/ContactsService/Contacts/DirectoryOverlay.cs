using System.Buffers;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>What somebody has of the directory: its attributes, and beside them the few that are the owner's.</summary>
internal static class DirectoryOverlay
{
    private static readonly HashSet<string> OwnersMembers =
        new(ContactField.All.Where(text => text.IsOwnerField).Select(text => text.Name).Append("isMigration").Append("ownerId"), StringComparer.Ordinal);

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
    public static ContactDraft OwnerFields(ContactDraft draft, ContactDraft current)
    {
        var errors = new MemberErrors();
        void Require(string name, bool agrees)
        {
            if (!agrees)
            {
                errors.Add(name, "It comes from the directory; leave it out, or send it as it was read.");
            }
        }

        foreach (var text in ContactField.All.Where(text => !text.IsOwnerField))
        {
            Require(text.Name, text.Get(draft) is not { } value || value == text.Get(current));
        }

        Require("type", draft.Type is null || string.Equals(draft.Type, current.Type, StringComparison.OrdinalIgnoreCase));
        Require("emails", Agree(draft.Emails, current.Emails));
        Require("phoneNumbers", Agree(draft.PhoneNumbers, current.PhoneNumbers));
        Require("sipAddresses", Agree(draft.SipAddresses, current.SipAddresses));
        Require("addressInfo", draft.AddressInfo is null || draft.AddressInfo == current.AddressInfo);
        errors.ThrowIfAny();

        var part = new ContactDraft
        {
            ContactId = draft.ContactId,
            ContactType = draft.ContactType,
            Type = current.Type,
            Groups = draft.Groups,
            IsMigration = draft.IsMigration,
            OwnerId = draft.OwnerId,
        };
        foreach (var text in ContactField.All.Where(text => text.IsOwnerField))
        {
            text.Set(part, text.Get(draft));
        }

        return part;
    }

    private static bool Agree(IReadOnlyList<ContactPoint>? draft, IReadOnlyList<ContactPoint>? current) =>
        draft is not { Count: > 0 } || draft.SequenceEqual(current ?? []);

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
