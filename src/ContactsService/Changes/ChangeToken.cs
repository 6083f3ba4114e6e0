using System.Buffers.Text;
using System.Text;
using ContactsService.Access;

namespace ContactsService.Changes;

/// <summary>
/// A position as callers keep it: encrypted, authenticated and bound to their book. Four numbers and at most one id, so that it
/// has at most 280 characters. It does not expire by itself.
/// </summary>
internal static class ChangeToken
{
    public const int MaxLength = 280;

    private const string Purpose = "changes";

    // What the first byte says.
    private const int WithinOwn = 1;
    private const int WithinShared = 2;
    private const int HasStart = 4;

    private static readonly string[] Kinds = [ChangeKind.Contact, ChangeKind.Group];

    /// <summary>The token of a position.</summary>
    public static string Write(KeyRing keys, Caller caller, ChangePosition position)
    {
        var reduced = position.Reduced;
        var within = reduced.Own.Kind is not null ? reduced.Own : reduced.Shared;
        var hasStart = reduced.OwnStart > 0 || reduced.SharedStart > 0;
        using var text = new MemoryStream();
        using var writer = new BinaryWriter(text);
        writer.Write((byte)(
            (reduced.Own.Kind is not null ? WithinOwn : reduced.Shared.Kind is not null ? WithinShared : 0) | (hasStart ? HasStart : 0)));
        writer.Write7BitEncodedInt64(reduced.Own.Version);
        // There is room for one id. Without its place, a version that was read in part is read again.
        writer.Write7BitEncodedInt64(reduced.Own.Kind is null ? reduced.Shared.Version : reduced.Shared.CompleteVersion);
        if (hasStart)
        {
            writer.Write7BitEncodedInt64(reduced.OwnStart);
            writer.Write7BitEncodedInt64(reduced.SharedStart);
        }

        if (within.Kind is not null)
        {
            writer.Write((byte)Array.IndexOf(Kinds, within.Kind));
            writer.Write(Encoding.ASCII.GetBytes(within.Id!));
        }

        return Base64Url.EncodeToString(keys.Seal(Purpose, caller.Own.Id, text.ToArray()));
    }

    /// <summary>The position of a token; null when the service did not make it for this caller.</summary>
    public static ChangePosition? Read(KeyRing keys, Caller caller, string token)
    {
        if (!Base64Url.IsValid(token) || keys.Open(Purpose, caller.Own.Id, Base64Url.DecodeFromChars(token)) is not { } text)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(text));
        var head = reader.ReadByte();
        var own = new BookPosition(reader.Read7BitEncodedInt64());
        var shared = new BookPosition(reader.Read7BitEncodedInt64());
        var hasStart = (head & HasStart) != 0;
        var ownStart = hasStart ? reader.Read7BitEncodedInt64() : 0;
        var sharedStart = hasStart ? reader.Read7BitEncodedInt64() : 0;
        if ((head & (WithinOwn | WithinShared)) != 0)
        {
            var kind = Kinds[reader.ReadByte()];
            var id = Encoding.ASCII.GetString(reader.ReadBytes(text.Length));
            own = (head & WithinOwn) != 0 ? own with { Kind = kind, Id = id } : own;
            shared = (head & WithinShared) != 0 ? shared with { Kind = kind, Id = id } : shared;
        }

        return new() { Own = own, Shared = shared, OwnStart = ownStart, SharedStart = sharedStart };
    }
}
