using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Directory;

/// <summary>A user as it is stored.</summary>
/// <param name="UserId">Its id.</param>
/// <param name="UserName">Folded.</param>
/// <param name="ExternalId">As the identity provider names the user; null for none.</param>
/// <param name="Version">The revision of the book that last changed it.</param>
/// <param name="Created">UTC.</param>
/// <param name="Resource">The resource as JSON; null when the user was found only by a name.</param>
internal sealed record StoredDirectoryUser(
    string UserId, string UserName, string? ExternalId, long Version, DateTime Created, byte[]? Resource);

/// <summary>What becomes of a user.</summary>
/// <param name="UserId">Its id.</param>
/// <param name="Draft">The user; null for one who is removed.</param>
/// <param name="Contact">
/// What <see cref="DirectoryUserBatch.Values"/> has made of its contact, which stays when the user is removed.
/// </param>
/// <param name="IsNew">True when it is not stored yet, nor its contact.</param>
/// <param name="Version">The revision of the book that writes it.</param>
/// <param name="Created">UTC.</param>
/// <param name="LastModified">UTC.</param>
internal sealed record DirectoryUserChange(
    string UserId, DirectoryUserDraft? Draft, IReadOnlyList<object?> Contact, bool IsNew, long Version, DateTime Created,
    DateTime LastModified);

/// <summary>
/// Reads and writes any number of users in one round trip each, for a caller who holds the lock of the organization's book and raises its
/// revision. Who reads before checks what the constraints would refuse; a violation undoes the whole.
/// </summary>
internal sealed class DirectoryUserBatch(BookTransaction transaction)
{
    private const string FindSql = """
        SELECT user_id, user_name, external_id, version, created, resource::text
        FROM directory_user WHERE book_id = $1 AND organization = $2 AND user_id = ANY($3)
        """;

    private const string FindNamesSql = """
        SELECT user_id, user_name, external_id, version, created, NULL::text
        FROM directory_user WHERE book_id = $1 AND organization = $2 AND user_name = ANY($3)
        UNION ALL
        SELECT user_id, user_name, external_id, version, created, NULL::text
        FROM directory_user WHERE book_id = $1 AND organization = $2 AND external_id = ANY($4)
        """;

    private const string RemoveSql = "DELETE FROM directory_user WHERE book_id = $1 AND organization = $2 AND user_id = ANY($3)";

    private const string AddSql = """
        INSERT INTO directory_user (book_id, organization, user_id, resource, user_name, external_id, active, version, created,
            last_modified)
        SELECT $1, $2, r.user_id, r.resource::jsonb, r.user_name, r.external_id, r.active, r.version, r.created, r.last_modified
        FROM unnest(
            $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::bigint[], $9::timestamptz[], $10::timestamptz[])
            AS r(user_id, resource, user_name, external_id, active, version, created, last_modified)
        """;

    /// <summary>What is stored of a contact. It depends on nothing that is stored already.</summary>
    public static IReadOnlyList<object?> Values(BookKey book, string userId, ContactDraft contact) =>
        ContactBatchRows.Values(book, contact, ContactJson.Write(userId, book.OwnerId, contact));

    /// <summary>
    /// The users with these ids, and those who have these names, in an open transaction. One who is both comes more than once.
    /// </summary>
    /// <returns>Null when the resources have more bytes.</returns>
    public Task<List<StoredDirectoryUser>?> FindAsync(
        BookKey book, string[] userIds, string[] userNames, string[] externalIds, int maxBytes, CancellationToken cancellationToken) =>
        transaction.RunAsync(
            reader => ReadAsync(reader, maxBytes),
            cancellationToken,
            BookStatements.PlanForValues(),
            Of(FindSql, book, Statement.Value(userIds)),
            Of(FindNamesSql, book, Statement.Value(userNames), Statement.Value(externalIds)));

    /// <summary>Writes users, each at most once, and raises the revision by the steps that this takes.</summary>
    public async Task WriteAsync(
        BookKey book, IReadOnlyList<DirectoryUserChange> changes, int steps, DateTime lastWrite, CancellationToken cancellationToken)
    {
        var contacts = changes.ToLookup(change => change.IsNew, Contact);
        var users = changes.Where(change => change.Draft is not null).ToList();
        var stored = changes.Where(change => !change.IsNew).Select(change => change.UserId).ToArray();
        // Who changes is removed and added again: users may exchange names, and an UPDATE of both would meet the name of the other.
        var statements = new List<NpgsqlBatchCommand>
        {
            BookStatements.Raise(book, steps, lastWrite),
            ContactBatchRows.Add(book, [.. contacts[true]]),
            Add(book, users),
        };
        if (stored.Length > 0)
        {
            statements.InsertRange(1, [ContactBatchRows.Replace(book, [.. contacts[false]]), Of(RemoveSql, book, Statement.Value(stored))]);
        }

        await transaction.RunAsync(cancellationToken, [.. statements]);
    }

    private static async Task<List<StoredDirectoryUser>?> ReadAsync(NpgsqlDataReader reader, int maxBytes)
    {
        var users = new List<StoredDirectoryUser>();
        var bytes = 0L;
        do
        {
            while (await reader.ReadAsync(CancellationToken.None))
            {
                var user = Read(reader);
                bytes += user.Resource?.Length ?? 0;
                if (bytes > maxBytes)
                {
                    return null;
                }

                users.Add(user);
            }
        }
        while (await reader.NextResultAsync(CancellationToken.None));
        return users;
    }

    private static ContactBatchRow Contact(DirectoryUserChange change) =>
        new(change.UserId, [], change.Version, change.Created, change.LastModified, change.Contact);

    private static StoredDirectoryUser Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.GetInt64(3),
        row.GetDateTime(4),
        row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5));

    private static NpgsqlBatchCommand Add(BookKey book, IReadOnlyList<DirectoryUserChange> users) => Of(
        AddSql,
        book,
        Statement.Value([.. users.Select(user => user.UserId)]),
        Statement.Value([.. users.Select(user => user.Draft!.Resource)]),
        Statement.Value([.. users.Select(user => user.Draft!.UserName)]),
        Statement.Value([.. users.Select(user => user.Draft!.ExternalId)]),
        Statement.Value([.. users.Select(user => (bool?)user.Draft!.Active)]),
        Statement.Value([.. users.Select(user => user.Version)]),
        Statement.Value([.. users.Select(user => user.Created)]),
        Statement.Value([.. users.Select(user => user.LastModified)]));

    private static NpgsqlBatchCommand Of(string sql, BookKey book, params NpgsqlParameter[] parameters) =>
        Statement.Of(sql, [Statement.Value(book.Id), Statement.Value(book.Organization), .. parameters]);
}
