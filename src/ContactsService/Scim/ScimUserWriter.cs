using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Directory;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Scim;

/// <summary>All writes of users: the user and the contact that callers see of it, in one transaction behind the lock of the organization's book.</summary>
internal sealed class ScimUserWriter(BookTransaction transaction, RequestLimits limits)
{
    // $1 book, $2 organization, $3 user, then the resource and what is kept beside it
    private const string AddSql = $"""
        INSERT INTO directory_user AS u (book_id, organization, user_id, resource, user_name, external_id, active, version, created, last_modified)
        SELECT $1, $2, $3, $4, $5, $6, $7, b.revision, b.last_write, b.last_write FROM book b WHERE b.book_id = $1 AND b.organization = $2
        RETURNING {ScimUser.Columns}
        """;

    private const string ReplaceSql = $"""
        UPDATE directory_user u SET resource = $4, user_name = $5, external_id = $6, active = $7, version = b.revision, last_modified = b.last_write
        FROM book b WHERE b.book_id = $1 AND b.organization = $2 AND u.book_id = $1 AND u.organization = $2 AND u.user_id = $3
        RETURNING {ScimUser.Columns}
        """;

    private const string RemoveSql = "DELETE FROM directory_user WHERE book_id = $1 AND organization = $2 AND user_id = $3 RETURNING 1";

    /// <summary>An id for a user to be added.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString();

    /// <summary>Runs an operation in one transaction, while the other writers of the organization's book wait.</summary>
    public Task<T> LockedAsync<T>(Caller caller, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("provision users");
        return transaction.InTransactionAsync(caller.Shared, operation, cancellationToken);
    }

    /// <summary>Adds a user.</summary>
    /// <exception cref="ScimException"><c>uniqueness</c>, <c>invalidValue</c>.</exception>
    public Task<ScimUser> AddAsync(Caller caller, string id, JsonObject resource, CancellationToken cancellationToken) => LockedAsync(caller, async () =>
    {
        resource["id"] = id;
        resource["active"] ??= true;
        var entry = DirectoryEntry.Add(caller.Shared, id, ScimUser.ToDraft(resource));
        return (await WriteAsync(entry, User(AddSql, caller, id, resource), cancellationToken))!;
    }, cancellationToken);

    /// <summary>Changes a user, and its version when that makes a difference.</summary>
    /// <param name="caller">Whose directory.</param>
    /// <param name="id">Which user.</param>
    /// <param name="change">Makes the new resource of the stored one, which it leaves as it is.</param>
    /// <param name="precondition">The versions that may be changed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ScimException">As the change has it; <c>uniqueness</c>, <c>invalidValue</c>; 412.</exception>
    public Task<ScimUser?> ChangeAsync(
        Caller caller, string id, Func<JsonObject, JsonObject> change, ScimPrecondition precondition, CancellationToken cancellationToken) => LockedAsync(caller, async () =>
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } user)
        {
            return null;
        }

        precondition.Require(user.ETag);
        var resource = change(user.Resource);
        resource["id"] = id;
        resource["active"] ??= true;
        if (JsonNode.DeepEquals(resource, user.Resource))
        {
            return user; // with its version: RFC 7644, 3.5.2.1
        }

        var entry = DirectoryEntry.Replace(caller.Shared, id, ScimUser.ToDraft(resource));
        return await WriteAsync(entry, User(ReplaceSql, caller, id, resource), cancellationToken);
    }, cancellationToken);

    /// <summary>Removes a user; who has them keeps the name.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ScimException">412.</exception>
    public Task<bool> RemoveAsync(Caller caller, string id, ScimPrecondition precondition, CancellationToken cancellationToken) => LockedAsync(caller, async () =>
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } user)
        {
            return false;
        }

        precondition.Require(user.ETag);
        var departed = DirectoryEntry.Departed(ScimUser.ToDraft(user.Resource));
        await transaction.RunAsync(
            cancellationToken,
            DirectoryEntry.Replace(caller.Shared, id, departed),
            Statement.Of(RemoveSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization), Statement.Value(id)));
        return true;
    }, cancellationToken);

    private Task<ScimUser?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        transaction.FindAsync(ScimUserReader.Find(caller, id), ScimUser.Read, cancellationToken);

    // Two statements, each with a row: the contact's version, then the user.
    private async Task<ScimUser?> WriteAsync(NpgsqlBatchCommand entry, NpgsqlBatchCommand user, CancellationToken cancellationToken)
    {
        try
        {
            return await transaction.RunAsync(
                async reader => await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None) ? ScimUser.Read(reader) : null,
                cancellationToken,
                entry,
                user);
        }
        catch (PostgresException refused) when (refused.ConstraintName is DirectoryUserConfiguration.NameUnique or DirectoryUserConfiguration.ExternalIdUnique)
        {
            var attribute = refused.ConstraintName == DirectoryUserConfiguration.NameUnique ? "userName" : "externalId";
            throw new ScimException(409, "uniqueness", $"Another user of the organization has this {attribute}; search for it with filter={attribute} eq \"...\".");
        }
    }

    private NpgsqlBatchCommand User(string sql, Caller caller, string id, JsonObject resource) => Statement.Of(
        sql,
        Statement.Value(caller.Shared.Id),
        Statement.Value(caller.Organization),
        Statement.Value(id),
        new NpgsqlParameter { Value = Json(resource), NpgsqlDbType = NpgsqlDbType.Jsonb },
        Statement.Value(Short("userName", CaseFolding.Text(resource["userName"]!.GetValue<string>()))),
        Statement.Value(Short("externalId", resource["externalId"]?.GetValue<string>() is { Length: > 0 } name ? name : null)),
        Statement.Value((bool?)resource["active"]!.GetValue<bool>()));

    // A patch may add to what is there; one request could never have sent it all.
    private byte[] Json(JsonObject resource)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(resource, JsonText.Options);
        return json.Length <= limits.BodyBytes
            ? json
            : throw new ScimException(StatusCodes.Status413PayloadTooLarge, null, $"A user has at most {limits.BodyBytes} bytes.");
    }

    // As it is stored and compared: folding makes ß two letters.
    private static string? Short(string attribute, string? name) => name is null || name.Length <= DirectoryUserConfiguration.MaxNameLength
        ? name
        : throw ScimException.InvalidValue($"{attribute} has at most {DirectoryUserConfiguration.MaxNameLength} characters.");
}
