using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Server;
using Microsoft.AspNetCore.WebUtilities;

namespace ContactsService.Bulk;

/// <summary>What the path of an operation addresses.</summary>
internal enum BulkResource
{
    Unknown,
    Contacts,
    Contact,
    Groups,
    Group,
    Members,
    Member,
}

/// <summary>The path of an operation, decoded.</summary>
/// <param name="Resource">What it addresses.</param>
/// <param name="Id">The id of the contact or group; empty for a collection. It may refer to another operation.</param>
/// <param name="MemberId">The id of the member; else empty. It may refer to another operation.</param>
/// <param name="Query">The query.</param>
internal sealed record BulkPath(BulkResource Resource, string Id, string MemberId, IQueryCollection Query)
{
    /// <summary>Reads a path as routing does: without regard to case, empty segments left out, percent-encoding decoded.</summary>
    public static BulkPath Read(string path)
    {
        var end = path.IndexOf('?', StringComparison.Ordinal);
        var query = new QueryCollection(QueryHelpers.ParseQuery(end < 0 ? "" : path[end..]));
        var segments = (end < 0 ? path : path[..end])
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(Uri.UnescapeDataString)
            .ToArray();
        BulkPath Of(BulkResource resource, string id = "", string memberId = "") => new(resource, id, memberId, query);
        return path.StartsWith('/') ? segments switch
        {
            [var name] when Is(name, "contacts") => Of(BulkResource.Contacts),
            [var name, var id] when Is(name, "contacts") => Of(BulkResource.Contact, id),
            [var name] when Is(name, "groups") => Of(BulkResource.Groups),
            [var name, var id] when Is(name, "groups") => Of(BulkResource.Group, id),
            [var name, var id, var members] when Is(name, "groups") && Is(members, "members") => Of(BulkResource.Members, id),
            [var name, var id, var members, var member] when Is(name, "groups") && Is(members, "members") =>
                Of(BulkResource.Member, id, member),
            _ => Of(BulkResource.Unknown),
        } : Of(BulkResource.Unknown);
    }

    /// <summary>Throws when a request with this method and query would not be executed.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>, <c>method-not-allowed</c>, <c>unknown-parameter</c>.</exception>
    public void Require(string method)
    {
        string[] methods = Resource switch
        {
            BulkResource.Contacts or BulkResource.Groups or BulkResource.Members => ["POST"],
            BulkResource.Contact or BulkResource.Group => ["PUT", "PATCH", "DELETE"],
            BulkResource.Member => ["PUT", "DELETE"],
            _ => throw new ProblemException(
                Problems.NotFound, "No operation has this path. Use /contacts, /groups, /groups/{groupId}/members and what is below them."),
        };
        if (!methods.Contains(method, StringComparer.Ordinal))
        {
            throw new ProblemException(Problems.MethodNotAllowed, $"Use one of: {string.Join(", ", methods)}.");
        }

        QueryParameterGuard.Refuse(
            Query, Resource == BulkResource.Group && method == "DELETE" ? [GroupChecks.ContactsParameter] : [], ignored: []);
    }

    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);
}
