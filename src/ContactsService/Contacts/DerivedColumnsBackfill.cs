using System.Text.Json;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>
/// Computes <see cref="DerivedColumns"/> of contacts that are older than the columns or their contents. Versions and times stay: nothing
/// that callers see of a contact changes. A later change of what is computed needs a migration that sets <c>search</c> to null.
/// </summary>
internal static class DerivedColumnsBackfill
{
    private const int BatchSize = 500;

    private const string FindSql = """
        SELECT book_id, organization, contact_id, version, body, is_encrypted AND NOT has_plain_text
        FROM contact WHERE search IS NULL LIMIT $1
        """;

    // What has been written since it was read, its writer has computed.
    private const string UpdateSql = """
        UPDATE contact c SET sort_name = new.sort_name, search = new.search::tsvector,
            lookup = ARRAY(SELECT entry::bigint FROM unnest(string_to_array(new.lookup, ' ')) entry)
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
            AS new(book_id, organization, contact_id, version, sort_name, lookup, search)
        WHERE c.book_id = new.book_id AND c.organization = new.organization AND c.contact_id = new.contact_id
          AND c.version = new.version AND c.search IS NULL
        """;

    /// <summary>Computes them, a batch at a time. A batch is a transaction, so that an interrupted start goes on where it was.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (await ReadAsync(connection, cancellationToken) is { Count: > 0 } rows)
        {
            await using var update = new NpgsqlCommand(UpdateSql, connection) { CommandTimeout = 0 };
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.BookId)]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.Organization)]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.ContactId)]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.Version)]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.Derived.SortName)]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => string.Join(' ', row.Derived.Lookup))]));
            update.Parameters.Add(Statement.Value([.. rows.Select(row => row.Derived.Search)]));
            await update.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<List<Row>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(FindSql, connection) { CommandTimeout = 0, Parameters = { Statement.Value(BatchSize) } };
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>(BatchSize);
        while (await reader.ReadAsync(cancellationToken))
        {
            var bookId = reader.GetGuid(0);
            using var body = JsonDocument.Parse($"{{{reader.GetString(4)}}}");
            rows.Add(new(
                bookId,
                reader.GetString(1),
                reader.GetString(2),
                reader.GetInt64(3),
                DerivedColumns.Of(bookId, ContactJson.Read(body.RootElement), isCiphertext: reader.GetBoolean(5))));
        }

        return rows;
    }

    private sealed record Row(Guid BookId, string Organization, string ContactId, long Version, DerivedColumns Derived);
}
