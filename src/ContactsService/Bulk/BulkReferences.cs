using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>The ids of what the operations of a request have made so far, by their <c>bulkId</c>.</summary>
internal sealed class BulkReferences
{
    private const string Prefix = "bulkId:";

    private readonly Dictionary<string, string?> made = new(StringComparer.Ordinal);

    /// <summary>True for what refers to another operation. No id has a colon.</summary>
    public static bool IsReference(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Records what an operation has made; null when it has failed.</summary>
    public void Add(BulkOperation operation, string? id)
    {
        var makes = operation.Method is "POST" or "PUT"
            && operation.Path.Resource is not (BulkResource.Members or BulkResource.Member or BulkResource.Unknown);
        if (operation.BulkId is { } bulkId && makes)
        {
            made[bulkId] = id;
        }
    }

    /// <summary>The id that a reference means; another text is an id already.</summary>
    /// <param name="text">An id or a reference.</param>
    /// <param name="member">Where it stands.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>failed-dependency</c>.</exception>
    public string Resolve(string text, string member)
    {
        if (!IsReference(text))
        {
            return text;
        }

        var bulkId = text[Prefix.Length..];
        if (!made.TryGetValue(bulkId, out var id))
        {
            throw MemberErrors.Of(member, $"No earlier operation with the bulkId '{bulkId}' makes a contact or group.");
        }

        return id ?? throw new ProblemException(
            Problems.FailedDependency, $"The operation with the bulkId '{bulkId}' failed. Correct it, and send both again.")
        {
            Errors = { [member] = [$"The operation with the bulkId '{bulkId}' failed."] },
        };
    }

    /// <summary>The same for a list.</summary>
    public IReadOnlyList<string> Resolve(string member, IReadOnlyList<string> texts) => texts.Any(IsReference)
        ? [.. texts.Select((text, i) => Resolve(text, $"{member}[{i}]"))]
        : texts;
}
