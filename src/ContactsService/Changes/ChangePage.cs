using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>Changes while they are read, as JSON objects one behind the other. Each resource is there at most once.</summary>
internal sealed class ChangePage(Caller caller, ChangePosition position, int size)
{
    // A page of 1,000 contacts at their largest would not fit into memory; a page may end early at any change.
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> output = new(1024);
    private readonly List<(int End, ChangePosition Position)> changes = [];
    private readonly HashSet<(string Kind, string Id)> ids = [];

    /// <summary>How far both books have been read.</summary>
    public ChangePosition Position { get; set; } = position;

    /// <summary>True when there may be further changes.</summary>
    public bool HasMore { get; set; }

    /// <summary>How many changes there are.</summary>
    public int Count => changes.Count;

    /// <summary>True when there is no change, and none left to read.</summary>
    public bool IsEmpty => Count == 0 && !HasMore;

    /// <summary>How many more may be added.</summary>
    public int Room => size - changes.Count;

    /// <summary>True when no change may be added.</summary>
    public bool IsFull => Room == 0 || output.WrittenCount >= MaxBytes;

    /// <summary>Notes that the state of a resource is on the page.</summary>
    /// <returns>False when it is there already.</returns>
    public bool Claim(string kind, string id) => ids.Add((kind, id));

    /// <summary>Adds a contact as it is now.</summary>
    public void Put(long version, ContactView contact)
    {
        Begin(ChangeKind.Contact, "put"u8, contact.ContactId, version);
        output.Write(",\"contact\":"u8);
        contact.Write(output, caller);
        End();
    }

    /// <summary>Adds a group as it is now.</summary>
    public void Put(long version, GroupView group)
    {
        Begin(ChangeKind.Group, "put"u8, group.GroupId.ToString(), version);
        output.Write(",\"group\":"u8);
        group.Write(output, caller.Own);
        End();
    }

    /// <summary>Adds what the caller cannot see any more.</summary>
    public void Delete(long version, string kind, string id)
    {
        Begin(kind, "delete"u8, id, version);
        End();
    }

    /// <summary>Each change, with the position behind it; behind the last, everything that has been read.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Json, ChangePosition Position)> Changes()
    {
        var start = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var (end, behind) = changes[i];
            yield return (output.WrittenMemory[start..end], i < changes.Count - 1 ? behind : Position);
            start = end;
        }
    }

    /// <summary>The answer.</summary>
    public Answer ToAnswer(KeyRing keys)
    {
        var answer = new ArrayBufferWriter<byte>(output.WrittenCount + changes.Count + 512);
        answer.Write("{\"changes\":["u8);
        var first = true;
        foreach (var (json, _) in Changes())
        {
            answer.Write(first ? ""u8 : ","u8);
            answer.Write(json.Span);
            first = false;
        }

        ChangeMetrics.Sent.Add(Count);
        answer.Write("],\"nextToken\":\""u8);
        answer.Write(Encoding.ASCII.GetBytes(ChangeToken.Write(keys, caller, Position)));
        answer.Write(HasMore ? "\",\"more\":true}"u8 : "\",\"more\":false}"u8);
        return new(StatusCodes.Status200OK, answer.WrittenMemory);
    }

    private void Begin(string kind, ReadOnlySpan<byte> operation, string id, long version)
    {
        output.Write("{\"kind\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(kind));
        output.Write("\",\"op\":\""u8);
        output.Write(operation);
        output.Write("\",\"id\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(id)); // ids need no escapes
        output.Write("\",\"version\":"u8);
        Utf8Formatter.TryFormat(version, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    private void End()
    {
        output.Write("}"u8);
        changes.Add((output.WrittenCount, Position));
    }
}
