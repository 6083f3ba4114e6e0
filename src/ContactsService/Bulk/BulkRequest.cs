using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>The body of <c>POST /bulk</c>.</summary>
/// <param name="Operations">The operations.</param>
/// <param name="IsAtomic">True to store all or nothing.</param>
/// <param name="FailOnErrors">After so many failures, the rest is not executed.</param>
internal sealed record BulkRequest(IReadOnlyList<BulkOperation> Operations, bool IsAtomic, int FailOnErrors)
{
    /// <summary>The most operations of a request.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads the body. What is wrong with the address or the data of an operation is found when it is prepared.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>body-too-large</c>.</exception>
    public static BulkRequest Read(JsonElement body)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(body, "", errors);
        if (members.Find("operations") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > MaxOperations)
        {
            throw new ProblemException(
                Problems.BodyTooLarge, $"A bulk request has at most {MaxOperations} operations. Send the others in further requests.");
        }

        var operations = members.Objects("operations", BulkOperation.Read);
        if (operations is null && members.Find("operations") is null)
        {
            members.Refuse("operations", "It is required.");
        }

        var isAtomic = members.Flag("atomic") ?? false;
        var failOnErrors = members.Number("failOnErrors") ?? int.MaxValue;
        if (failOnErrors < 1)
        {
            members.Refuse("failOnErrors", "Must be at least 1.");
        }

        members.RefuseUnknown();
        RefuseRepeated(operations ?? [], errors);
        errors.ThrowIfAny();
        return new(operations!, isAtomic, failOnErrors);
    }

    private static void RefuseRepeated(IReadOnlyList<BulkOperation> operations, MemberErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].BulkId is { } bulkId && !seen.Add(bulkId))
            {
                errors.Add($"operations[{i}].bulkId", "An earlier operation has the same bulkId.");
            }
        }
    }
}

/// <summary>An operation: a request to be executed together with others.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">The address.</param>
/// <param name="BulkId">The name that other operations refer to; null for none.</param>
/// <param name="IfMatch">As the header; null for none.</param>
/// <param name="IfNoneMatch">As the header; null for none.</param>
/// <param name="Data">The body; null for none.</param>
internal sealed record BulkOperation(
    string Method, BulkPath Path, string? BulkId, string? IfMatch, string? IfNoneMatch, JsonElement? Data)
{
    /// <summary>Reads an entry of the list.</summary>
    public static BulkOperation Read(MemberReader members)
    {
        var method = Required(members, "method");
        var path = Required(members, "path");
        var bulkId = members.Text("bulkId");
        if (bulkId?.Length == 0)
        {
            members.Refuse("bulkId", "Must not be empty.");
        }

        return new(
            method.ToUpperInvariant(),
            BulkPath.Read(path),
            bulkId,
            members.Text("ifMatch"),
            members.Text("ifNoneMatch"),
            members.Find("data"));
    }

    private static string Required(MemberReader members, string name)
    {
        if (members.Find(name) is null)
        {
            members.Refuse(name, "It is required.");
        }

        return members.Text(name) ?? "";
    }
}
