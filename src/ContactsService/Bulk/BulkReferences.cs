using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>The ids of what the operations of a request have made so far, by their <c>bulkId</c>.</summary>
internal sealed class BulkReferences
{
    private const string Prefix = "bulkId:";

    private readonly Dictionary<string, (bool IsGroup, string? Id)> made = new(StringComparer.Ordinal);

    /// <summary>True for what refers to another operation. No id has a colon.</summary>
    public static bool IsReference(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The <c>bulkId</c> that a text refers to; null when it is an id.</summary>
    public static string? BulkIdOf(string text) => IsReference(text) ? text[Prefix.Length..] : null;

    /// <summary>Records what an operation has made; null when it has failed.</summary>
    public void Add(BulkOperation operation, string? id)
    {
        var makes = operation.Method is "POST" or "PUT"
            && operation.Path.Resource is not (BulkResource.Members or BulkResource.Member or BulkResource.Unknown);
        if (operation.BulkId is { } bulkId && makes)
        {
            made[bulkId] = (operation.Path.Resource is BulkResource.Groups or BulkResource.Group, id);
        }
    }

    /// <summary>The id of the contact that a reference means; another text is an id already.</summary>
    /// <param name="text">An id or a reference.</param>
    /// <param name="member">Where it stands.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>failed-dependency</c>.</exception>
    public string ResolveContact(string text, string member) => Resolve(text, member, isGroup: false);

    /// <summary>The same for a group.</summary>
    /// <param name="text">An id or a reference.</param>
    /// <param name="member">Where it stands.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>failed-dependency</c>.</exception>
    public string ResolveGroup(string text, string member) => Resolve(text, member, isGroup: true);

    /// <summary>The same for a list of contacts.</summary>
    public IReadOnlyList<string> ResolveContacts(string member, IReadOnlyList<string> texts) =>
        ResolveAll(member, texts, ResolveContact);

    /// <summary>The same for a list of groups.</summary>
    public IReadOnlyList<string> ResolveGroups(string member, IReadOnlyList<string> texts) => ResolveAll(member, texts, ResolveGroup);

    private static IReadOnlyList<string> ResolveAll(
        string member, IReadOnlyList<string> texts, Func<string, string, string> resolve) =>
        texts.Any(IsReference) ? [.. texts.Select((text, i) => resolve(text, $"{member}[{i}]"))] : texts;

    private string Resolve(string text, string member, bool isGroup)
    {
        if (!IsReference(text))
        {
            return text;
        }

        var bulkId = text[Prefix.Length..];
        if (!made.TryGetValue(bulkId, out var found) || found.IsGroup != isGroup)
        {
            throw MemberErrors.Of(member, $"No earlier operation with the bulkId '{bulkId}' makes a {(isGroup ? "group" : "contact")}.");
        }

        return found.Id ?? throw new ProblemException(
            Problems.FailedDependency, $"The operation with the bulkId '{bulkId}' failed. Correct it, and send both again.")
        {
            Errors = { [member] = [$"The operation with the bulkId '{bulkId}' failed."] },
        };
    }
}
