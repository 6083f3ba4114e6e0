using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// Everything that was written, so that whatever is shown can be told to be true. Each write puts a number of its own into a text, such as
/// <c>#17</c>; two writes of one resource never run at the same time, so its numbers only rise. Safe for any number of threads.
/// </summary>
internal sealed partial class Ledger
{
    private static readonly string[] Fields = ["displayName", "title", "notes"];

    private readonly ConcurrentDictionary<int, Write> writes = new();
    private readonly ConcurrentDictionary<(string Organization, string Owner, string Id), bool> deletions = new();
    private readonly ConcurrentDictionary<(string Organization, string Caller, string Id, string ETag), string> states = new();
    private int last;

    /// <summary>How many different states of resources were shown.</summary>
    public int States => states.Count;

    /// <summary>Notes a write that is about to be sent.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="owner">The owner of the book.</param>
    /// <param name="id">The resource; null when the service makes the id.</param>
    public Write Begin(string organization, string owner, string? id)
    {
        var write = new Write(Interlocked.Increment(ref last), organization, owner) { Id = id };
        writes[write.Number] = write;
        return write;
    }

    /// <summary>Notes that a resource, or all that somebody owns (<c>*</c>), may be deleted from now on.</summary>
    public void AllowDeletion(string organization, string owner, string id) => deletions[(organization, owner, id)] = true;

    /// <summary>Requires that a change is one that some write has made.</summary>
    /// <param name="caller">Who was sent it.</param>
    /// <param name="change">The change.</param>
    /// <param name="numbers">The numbers that this mirror has shown, by resource and member.</param>
    public void Check(Person caller, JsonNode change, Dictionary<(string Id, string Field), int> numbers)
    {
        var id = change["id"]!.GetValue<string>();
        if ((string)change["op"]! == "delete")
        {
            Assert.True(
                IsAllowed(caller.User, id) || IsAllowed(caller.User, "*") || IsAllowed(caller.Organization, id),
                $"{caller.User}: nobody has deleted {change.ToJsonString()}");
            return;

            bool IsAllowed(string owner, string resource) => deletions.ContainsKey((caller.Organization, owner, resource));
        }

        var resource = change[(string)change["kind"]!]!;
        Check(caller, id, resource);
        foreach (var field in Fields)
        {
            if (NumberIn(resource, field) is not { } number)
            {
                continue;
            }

            var before = numbers.GetValueOrDefault((id, field));
            Assert.True(number >= before, $"{caller.User}: {field} was #{before} and is now {resource.ToJsonString()}");
            numbers[(id, field)] = number;
        }
    }

    /// <summary>Requires that a contact or group is one that somebody has written, and that its ETag always means the same.</summary>
    public void Check(Person caller, string id, JsonNode resource)
    {
        var json = resource.ToJsonString();
        var etag = (string)resource["meta"]!["etag"]!;
        Assert.Equal(states.GetOrAdd((caller.Organization, caller.User, id, etag), json), json);
        foreach (var field in Fields)
        {
            if (NumberIn(resource, field) is { } number)
            {
                var write = writes[number];
                Assert.True(
                    write.Organization == caller.Organization && (write.Owner == caller.User || write.Owner == caller.Organization)
                    && (write.Id ?? id) == id && !write.IsRefused,
                    $"{caller.User}: {write} is shown in {json}");
            }
        }
    }

    private static int? NumberIn(JsonNode resource, string field) =>
        Number().Match((string?)resource[field] ?? "") is { Success: true } match
            ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("#(?<number>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}

/// <summary>A write with its number.</summary>
internal sealed class Write(int number, string organization, string owner)
{
    private volatile string? id;
    private volatile bool isRefused;

    public int Number => number;

    public string Organization => organization;

    public string Owner => owner;

    /// <summary>The resource; null until the service has told the id that it made.</summary>
    public string? Id
    {
        get => id;
        set => id = value;
    }

    /// <summary>True when the service has answered that nothing was written.</summary>
    public bool IsRefused => isRefused;

    /// <summary>What the written text holds.</summary>
    public string Text => $"#{number}";

    public void Refuse() => isRefused = true;

    public override string ToString() => $"#{number} of {owner} about {Id ?? "a new resource"}{(isRefused ? ", refused" : "")}";
}
