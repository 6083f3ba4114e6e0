using ContactsService.Access;
using ContactsService.Books;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>Somebody whose book is measured.</summary>
internal sealed record Owner(string User, string Token);

/// <summary>Books of 1,000 contacts, one of 10,000, and an organization with a directory, written by the database itself.</summary>
internal static class Seed
{
    /// <summary>The organization of the personal books.</summary>
    public const string Organization = "bench";

    /// <summary>The owner of the book of 10,000.</summary>
    public const string Big = "big";

    private const string WithDirectory = "bench-directory";
    private const int SmallBook = 1_000;
    private const int BigBook = 10_000;

    // As the service computes it (LookupHash.Of).
    private const string LookupSql = """
        CREATE FUNCTION bench_lookup(book uuid, attribute text, entry text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
        $$ SELECT (
            'x' || encode(substr(sha256(convert_to(book::text || attribute || ':' || entry, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint $$
        """;

    private const string BookSql = "INSERT INTO book SELECT id, $3, owner, 1, NULL, now() FROM unnest($1, $2) AS b(id, owner)";

    private const string GroupSql = """
        WITH created AS (
            INSERT INTO contact_group (book_id, organization, group_id, body, name_hash, display_name, group_type, is_encrypted,
                                       version, created, last_modified)
            SELECT book_id, organization, book_id,
                   format('"groupId":"%s","displayName":"Other contacts","groupType":"NORMAL","ownerId":"%s"', book_id, owner_id),
                   'x', 'other contacts', 'NORMAL', true, 1, created, created
            FROM book WHERE organization = $1 AND owner_id <> organization AND default_group_id IS NULL
            RETURNING book_id)
        UPDATE book SET default_group_id = book.book_id FROM created WHERE book.book_id = created.book_id
        """;

    private const string ContactSql = """
        INSERT INTO contact (book_id, organization, owner_id, contact_id, contact_type, type, body, group_ids, version, created,
                             last_modified, sort_name, lookup, is_encrypted, display_name, first_name, last_name, company_name, emails,
                             phone_numbers, search)
        SELECT b.book_id, b.organization, b.owner_id, 'c-' || n, 'CUSTOM', 'Custom',
               format('"contactId":"c-%s","contactType":"CUSTOM","type":"Custom","displayName":"%s","firstName":"%s","lastName":"%s",'
                      '"companyName":"Example Company %s","emails":[{"type":"work","value":"person%s@example.com","primary":true}],'
                      '"phoneNumbers":[{"type":"work","value":"+1 555 010 %s"},{"type":"mobile","value":"+1 555 020 %s"}],'
                      '"addressInfo":{"street":"Main Street %s","city":"Springfield","country":"US"},"ownerId":"%s"',
                      n, initcap(f || ' ' || l), initcap(f), initcap(l), n, n, n, n, n, b.owner_id),
               array_remove(ARRAY[b.default_group_id], NULL), 1, b.created, b.created, f || ' ' || l,
               ARRAY[bench_lookup(b.book_id, 'phone_numbers', '1555010' || n), bench_lookup(b.book_id, 'phone_numbers', '1555020' || n),
                     bench_lookup(b.book_id, 'emails', 'person' || n || '@example.com')],
               true, f || ' ' || l, f, l, 'example company ' || n,
               ARRAY['person' || n || '@example.com'], ARRAY['1555010' || n, '1555020' || n], ''
        FROM book b, generate_series(1, $2) n,
             LATERAL (SELECT (ARRAY['joe','ann','bob','eve','kim','lee','max','pat','sam','zoe'])[1 + n % 10] AS f,
                             'johnson' || n % 97 AS l) names
        WHERE b.owner_id = ANY($1)
        """;

    // The organization's contacts become its directory, and every tenth contact of its members one of that.
    private const string DirectorySql = """
        UPDATE contact SET contact_type = 'CLOUD', type = 'User', resolved = owner_id = organization,
                           user_name = CASE WHEN owner_id = organization THEN 'user' || substr(contact_id, 3) END
        WHERE organization = $1 AND (owner_id = organization OR contact_id LIKE '%0')
        """;

    /// <summary>Fills the database with personal books, and gives the owners to measure.</summary>
    public static async Task<IReadOnlyList<Owner>> RunAsync(string connectionString, int contacts)
    {
        await using var source = Open(connectionString);
        await RunAsync(source, LookupSql);
        var small = Enumerable.Range(0, (contacts - BigBook) / SmallBook).Select(i => $"user-{i}").ToArray();
        await AddBooksAsync(source, Organization, [.. small, Big]);
        foreach (var part in small.Chunk(50))
        {
            await RunAsync(source, ContactSql, part, SmallBook);
        }

        await RunAsync(source, ContactSql, new[] { Big }, BigBook);
        await RunAsync(source, "VACUUM ANALYZE");
        return await Task.WhenAll(small.Take(64).Append(Big).Select(user => IssueAsync(source, Organization, user, "agent")));
    }

    /// <summary>Fills a database with small books, and gives some of the owners, spread over all of them.</summary>
    public static async Task<IReadOnlyList<Owner>> RunGrowthAsync(string connectionString, int contacts, int inBook, int owners)
    {
        await using var source = Open(connectionString);
        await RunAsync(source, LookupSql);
        var users = Enumerable.Range(0, contacts / inBook).Select(i => $"user-{i}").ToArray();
        foreach (var part in users.Chunk(1_000))
        {
            await AddBooksAsync(source, Organization, part);
            await RunAsync(source, ContactSql, part, inBook);
        }

        await RunAsync(source, "VACUUM ANALYZE");
        var step = Math.Max(1, users.Length / owners);
        return await Task.WhenAll(users.Where((_, i) => i % step == 0).Select(user => IssueAsync(source, Organization, user, "agent")));
    }

    /// <summary>Adds an organization with a directory, and a book as large as that.</summary>
    /// <returns>A member of the organization, with a book of 1,000; the owner of the large book.</returns>
    public static async Task<(Owner Member, Owner Owner)> AddDirectoryAsync(string connectionString, int users)
    {
        const string Member = "member";
        const string Huge = "huge";
        await using var source = Open(connectionString);
        await AddBooksAsync(source, WithDirectory, [WithDirectory, Member]);
        await AddBooksAsync(source, "bench-huge", [Huge]);
        await RunAsync(source, ContactSql, new[] { WithDirectory, Huge }, users);
        await RunAsync(source, ContactSql, new[] { Member }, SmallBook);
        await RunAsync(source, DirectorySql, WithDirectory);
        await RunAsync(source, "VACUUM ANALYZE");
        return (await IssueAsync(source, WithDirectory, Member, "agent"), await IssueAsync(source, "bench-huge", Huge, "agent"));
    }

    /// <summary>Creates and fills the tables of the programs that do not use the service's.</summary>
    public static async Task AddTablesOfOthersAsync(string connectionString)
    {
        await using var source = Open(connectionString);
        await RunAsync(source, OwnSqlTables.Sql);
        await RunAsync(source, "VACUUM ANALYZE");
    }

    /// <summary>The process of PostgreSQL, whose children serve the connections.</summary>
    public static async Task<int> ServerProcessAsync(string connectionString)
    {
        await using var source = Open(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        return Processors.ParentOf(connection.ProcessID);
    }

    /// <summary>An admin of an empty organization.</summary>
    public static async Task<Owner> AddAdminAsync(string connectionString, string organization)
    {
        await using var source = Open(connectionString);
        return await IssueAsync(source, organization, "root", "admin");
    }

    private static NpgsqlDataSource Open(string connectionString) =>
        NpgsqlDataSource.Create(connectionString + ";Command Timeout=600;Maximum Pool Size=8");

    private static async Task AddBooksAsync(NpgsqlDataSource source, string organization, string[] owners)
    {
        var books = owners.Select(owner => BookKey.Of(organization, owner)).ToArray();
        await RunAsync(source, BookSql, books.Select(book => book.Id).ToArray(), owners, organization);
        await RunAsync(source, GroupSql, organization);
    }

    private static async Task<Owner> IssueAsync(NpgsqlDataSource source, string organization, string user, string role)
    {
        var secret = ApiToken.NewSecret();
        await RunAsync(
            source,
            """
            INSERT INTO api_token (token_hash, token_id, organization, user_id, role, created, expires)
            VALUES ($1, gen_random_uuid(), $2, $3, $4, now(), now() + interval '1 day')
            """,
            ApiToken.Hash(secret), organization, user, role);
        return new(user, secret);
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
