using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Directory;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>
/// An operation of a bulk request on its way into the directory. It may run several times, and keeps what it has computed, so that its last
/// run, under the lock of the book, takes hardly any time.
/// </summary>
internal sealed class ScimBulkStep(ScimBulkOperation operation, ScimBulkIds ids, ScimUserDrafts drafts, BookKey book)
{
    private const string Users = "/Users";

    private readonly ScimBulkMemo<ScimBulkContent> content = new();
    private readonly ScimBulkMemo<ScimBulkResult?> result = new();

    /// <summary>The operation.</summary>
    public ScimBulkOperation Operation => operation;

    /// <summary>True when it begins with a stored user.</summary>
    public bool NeedsUser => operation.Method != "POST";

    /// <summary>Computes what does not depend on the directory.</summary>
    public void Prepare() => Try(read =>
    {
        if (!NeedsUser)
        {
            Result(read, null);
        }
    });

    /// <summary>Asks the directory for the user that the operation is about, and for those who may have the names in its result.</summary>
    public void Ask(ScimBulkDirectory directory) => Try(read =>
    {
        if (NeedsUser)
        {
            directory.Ask(read.Id);
        }

        if (result.Last is { Draft: { } draft })
        {
            directory.Ask(draft);
        }
    });

    /// <summary>Forgets what was computed, to free its memory.</summary>
    public void Clear()
    {
        content.Clear();
        result.Clear();
    }

    /// <summary>Executes the operation in memory.</summary>
    /// <returns>The status, the id of the user, and its version unless the user is removed.</returns>
    /// <exception cref="ScimException">As for the single operation.</exception>
    public (int Status, string Id, long? Version) Run(ScimBulkDirectory directory)
    {
        var read = Content();
        if (!NeedsUser)
        {
            return (StatusCodes.Status201Created, read.Id, directory.Write(null, Result(read, null)!).Version);
        }

        var user = directory.Find(read.Id) ?? throw new ScimException(StatusCodes.Status404NotFound, null, "No user with this id exists.");
        new ScimPrecondition(operation.Version).Require(ScimUser.ETagOf(user.Version));
        if (Result(read, user.Resource) is not { } changed)
        {
            return (StatusCodes.Status200OK, user.Id, user.Version); // with its version: RFC 7644, 3.5.2.1
        }

        if (changed.Draft is null)
        {
            directory.Remove(user, changed);
            return (StatusCodes.Status204NoContent, user.Id, null);
        }

        return (StatusCodes.Status200OK, user.Id, directory.Write(user, changed).Version);
    }

    // An error is thrown again when the operation runs.
    private void Try(Action<ScimBulkContent> action)
    {
        try
        {
            action(Content());
        }
        catch (ScimException)
        {
        }
    }

    private ScimBulkContent Content() => content.Of(null, Read);

    private ScimBulkContent Read()
    {
        operation.RefuseOthers();
        switch (operation.Method)
        {
            case "POST":
                if (operation.Path != Users)
                {
                    throw ScimException.InvalidPath($"The path of a POST must be {Users}.");
                }

                var bulkId = operation.BulkId ?? throw ScimException.InvalidSyntax("POST needs a bulkId.");
                return new(ids.Of(bulkId), ReadUser());
            case "PUT":
                return new(ReadId(), ReadUser());
            case "PATCH":
                return new(ReadId(), null, ReadData());
            case "DELETE":
                return new(ReadId());
            default:
                throw ScimException.InvalidSyntax("The method must be POST, PUT, PATCH or DELETE.");
        }
    }

    private string ReadId()
    {
        const string Prefix = $"{Users}/";
        return operation.Path.StartsWith(Prefix, StringComparison.Ordinal) && operation.Path.Length > Prefix.Length
            ? ids.Resolve(operation.Path[Prefix.Length..])
            : throw ScimException.InvalidPath($"The path of a {operation.Method} must be {Prefix}<id>.");
    }

    private JsonObject ReadUser() => ids.Resolve(ScimUserJson.Read(ReadData()));

    private JsonElement ReadData()
    {
        var data = operation.Data ?? throw ScimException.InvalidSyntax($"{operation.Method} needs data.");
        try
        {
            JsonBody.Check(data);
            return data;
        }
        catch (ProblemException invalid)
        {
            throw ScimException.Of(invalid);
        }
    }

    private ScimBulkResult? Result(ScimBulkContent read, JsonObject? current) => result.Of(current, () => Compute(read, current));

    // Null when nothing changes.
    private ScimBulkResult? Compute(ScimBulkContent read, JsonObject? current)
    {
        if (operation.Method == "DELETE")
        {
            return new(null, null, Values(read.Id, DirectoryEntry.Departed(ScimUser.ToDraft(current!))));
        }

        var resource = ScimUserDrafts.Complete(read.Id, read.User ?? ids.Resolve(ScimPatch.Apply(current!, read.Patch!.Value)));
        if (current is not null && JsonNode.DeepEquals(resource, current))
        {
            return null;
        }

        var draft = drafts.Of(read.Id, resource);
        return new(resource, draft, Values(read.Id, draft.Contact));
    }

    private IReadOnlyList<object?> Values(string id, ContactDraft contact) => DirectoryUserBatch.Values(book, id, contact);
}

/// <summary>What an operation says, apart from its precondition.</summary>
/// <param name="Id">The id of the user.</param>
/// <param name="User">The resource of a POST or PUT.</param>
/// <param name="Patch">The body of a PATCH.</param>
internal sealed record ScimBulkContent(string Id, JsonObject? User = null, JsonElement? Patch = null);
