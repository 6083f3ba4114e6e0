using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Scim;

/// <summary>All writes of users: the user and the contact that callers see of it, in one transaction behind the lock of the organization's book.</summary>
internal sealed class ScimUserBook(WriteSession session, BookBirth birth, RequestLimits limits, Clock clock)
{
    // $1 book, $2 organization, $3 user, then the resource and what is kept beside it
    private const string AddSql = $"""
        INSERT INTO directory_user AS u (book_id, organization, user_id, resource, user_name, external_id, active, version, created, last_modified)
        SELECT $1, $2, $3, $4, $5, $6, $7, b.revision, $8, $8 FROM book b WHERE b.book_id = $1 AND b.organization = $2
        RETURNING {ScimUser.Columns}
        """;

    private const string ReplaceSql = $"""
        UPDATE directory_user u SET resource = $4, user_name = $5, external_id = $6, active = $7, version = b.revision, last_modified = $8
        FROM book b WHERE b.book_id = $1 AND b.organization = $2 AND u.book_id = $1 AND u.organization = $2 AND u.user_id = $3
        RETURNING {ScimUser.Columns}
        """;

    private const string RemoveSql = "DELETE FROM directory_user WHERE book_id = $1 AND organization = $2 AND user_id = $3 RETURNING 1";

    /// <summary>An id for a user to be added.</summary>
    public string NewId() => Guid.CreateVersion7(clock.Now).ToString();

    /// <summary>Does a deed in one transaction, while the other writers of the organization's book wait.</summary>
    public Task<T> LockedAsync<T>(Caller caller, Func<Task<T>> deed, CancellationToken cancellation)
    {
        caller.DemandAdmin("provision users");
        return birth.LockedAsync(caller.Shared, deed, cancellation);
    }

    /// <summary>Adds a user.</summary>
    /// <exception cref="ScimException"><c>uniqueness</c>, <c>invalidValue</c>.</exception>
    public Task<ScimUser> AddAsync(Caller caller, string id, JsonObject resource, CancellationToken cancellation) => LockedAsync(caller, async () =>
    {
        resource["id"] = id;
        resource["active"] ??= true;
        var now = clock.Now;
        var entry = DirectoryEntry.Add(caller.Shared, id, ScimUser.ToDraft(resource), now);
        return (await WriteAsync(entry, User(AddSql, caller, id, resource, now), cancellation))!;
    }, cancellation);

    /// <summary>Changes a user, and its version when that makes a difference.</summary>
    /// <param name="caller">Whose directory.</param>
    /// <param name="id">Which user.</param>
    /// <param name="change">Makes the new resource of the stored one, which it leaves as it is.</param>
    /// <param name="precondition">The versions that may be changed.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ScimException">As the change has it; <c>uniqueness</c>, <c>invalidValue</c>; 412.</exception>
    public Task<ScimUser?> ChangeAsync(
        Caller caller, string id, Func<JsonObject, JsonObject> change, ScimPrecondition precondition, CancellationToken cancellation) => LockedAsync(caller, async () =>
    {
        if (await FindAsync(caller, id, cancellation) is not { } user)
        {
            return null;
        }

        precondition.Demand(user.ETag);
        var resource = change(user.Resource);
        resource["id"] = id;
        resource["active"] ??= true;
        if (JsonNode.DeepEquals(resource, user.Resource))
        {
            return user; // with its version: RFC 7644, 3.5.2.1
        }

        var now = clock.Now;
        var entry = DirectoryEntry.Replace(caller.Shared, id, ScimUser.ToDraft(resource), now);
        return await WriteAsync(entry, User(ReplaceSql, caller, id, resource, now), cancellation);
    }, cancellation);

    /// <summary>Removes a user; who has them keeps the name.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ScimException">412.</exception>
    public Task<bool> RemoveAsync(Caller caller, string id, ScimPrecondition precondition, CancellationToken cancellation) => LockedAsync(caller, async () =>
    {
        if (await FindAsync(caller, id, cancellation) is not { } user)
        {
            return false;
        }

        precondition.Demand(user.ETag);
        var gone = DirectoryEntry.Gone(ScimUser.ToDraft(user.Resource));
        await session.RunAsync(
            cancellation,
            DirectoryEntry.Replace(caller.Shared, id, gone, clock.Now),
            Statement.Of(RemoveSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization), Statement.Value(id)));
        return true;
    }, cancellation);

    private Task<ScimUser?> FindAsync(Caller caller, string id, CancellationToken cancellation) =>
        session.FindAsync(ScimReads.Find(caller, id), ScimUser.Read, cancellation);

    // Two statements, each with a row: the contact's version, then the user.
    private async Task<ScimUser?> WriteAsync(NpgsqlBatchCommand entry, NpgsqlBatchCommand user, CancellationToken cancellation)
    {
        try
        {
            return await session.RunAsync(
                async reader => await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None) ? ScimUser.Read(reader) : null,
                cancellation,
                entry,
                user);
        }
        catch (PostgresException refused) when (refused.ConstraintName is DirectoryUserTable.NameUnique or DirectoryUserTable.ExternalIdUnique)
        {
            var attribute = refused.ConstraintName == DirectoryUserTable.NameUnique ? "userName" : "externalId";
            throw new ScimException(409, "uniqueness", $"Another user of the organization has this {attribute}; search for it with filter={attribute} eq \"...\".");
        }
    }

    private NpgsqlBatchCommand User(string sql, Caller caller, string id, JsonObject resource, DateTime now) => Statement.Of(
        sql,
        Statement.Value(caller.Shared.Id),
        Statement.Value(caller.Organization),
        Statement.Value(id),
        new NpgsqlParameter { Value = Json(resource), NpgsqlDbType = NpgsqlDbType.Jsonb },
        Statement.Value(Short("userName", Fold.Text(resource["userName"]!.GetValue<string>()))),
        Statement.Value(Short("externalId", resource["externalId"]?.GetValue<string>() is { Length: > 0 } name ? name : null)),
        Statement.Value((bool?)resource["active"]!.GetValue<bool>()),
        Statement.Value(now));

    // A patch may add to what is there; one request could never have sent it all.
    private byte[] Json(JsonObject resource)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, JsonText.Options);
        return json.Length <= limits.BodyBytes
            ? json
            : throw new ScimException(StatusCodes.Status413PayloadTooLarge, null, $"A user has at most {limits.BodyBytes} bytes.");
    }

    // As it is stored and compared: folding makes ß two letters.
    private static string? Short(string attribute, string? name) => name is null || name.Length <= DirectoryUserTable.LongestName
        ? name
        : throw ScimException.InvalidValue($"{attribute} has at most {DirectoryUserTable.LongestName} characters.");
}
