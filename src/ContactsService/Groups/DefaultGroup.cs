using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>The default group of a book. Exactly one exists, however many requests create it at the same time.</summary>
internal static class DefaultGroup
{
    /// <summary>The name of a new default group. The owner can rename it.</summary>
    public const string Name = "Other contacts";

    // If a group already has the name, it becomes the default group.
    private const string CreateSql = """
        WITH missing AS (
            SELECT revision + 1 AS version, greatest(clock_timestamp(), last_write + interval '1 microsecond') AS now FROM book
            WHERE book_id = $1 AND organization = $2 AND default_group_id IS NULL),
        created AS (
            INSERT INTO contact_group AS g
                (book_id, organization, group_id, body, name_hash, display_name, group_type, version, created, last_modified)
            SELECT $1, $2, $3, $4, $5, $6, 'NORMAL', missing.version, missing.now, missing.now FROM missing
            ON CONFLICT ON CONSTRAINT group_name_unique DO UPDATE SET version = excluded.version, last_modified = excluded.last_modified
            RETURNING group_id, version, last_modified)
        UPDATE book SET default_group_id = created.group_id, revision = created.version, last_write = created.last_modified
        FROM created WHERE book.book_id = $1 AND book.organization = $2
        """;

    /// <summary>The statement that creates the default group if it is missing.</summary>
    public static NpgsqlBatchCommand Create(BookKey book)
    {
        var id = Guid.CreateVersion7();
        var draft = new GroupDraft { DisplayName = Name };
        return Statement.Of(
            CreateSql,
            Statement.Value(book.Id),
            Statement.Value(book.Organization),
            Statement.Value(id),
            Statement.Value(GroupView.Body(book, id, draft)),
            Statement.Value(draft.NameHash),
            Statement.Value(CaseFolding.Text(Name)));
    }
}
