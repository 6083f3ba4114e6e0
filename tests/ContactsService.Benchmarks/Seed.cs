using ContactsService.Access;
using ContactsService.Books;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>Somebody whose book is measured.</summary>
internal sealed record Owner(string User, string Token, BookKey Book);

/// <summary>Books of 1,000 contacts and one of 10,000, written by the database itself.</summary>
internal static class Seed
{
    /// <summary>The organization of all of it.</summary>
    public const string Organization = "bench";

    /// <summary>The owner of the book of 10,000.</summary>
    public const string Big = "big";

    private const int SmallBook = 1_000;
    private const int BigBook = 10_000;

    private const string ContactSql = """
        INSERT INTO contact (book_id, organization, owner_id, contact_id, contact_type, type, body, group_ids, version, created, last_modified,
                             sort_name, lookup, display_name, first_name, last_name, company_name, emails, phone_numbers)
        SELECT b.book_id, b.organization, b.owner_id, 'c-' || n, 'CUSTOM', 'Custom',
               format('"contactId":"c-%s","contactType":"CUSTOM","type":"Custom","displayName":"%s","firstName":"%s","lastName":"%s","companyName":"Example Company %s","emails":[{"type":"work","value":"person%s@example.com","primary":true}],"phoneNumbers":[{"type":"work","value":"+1 555 010 %s"},{"type":"mobile","value":"+1 555 020 %s"}],"addressInfo":{"street":"Main Street %s","city":"Springfield","country":"US"},"ownerId":"%s"',
                      n, initcap(f || ' ' || l), initcap(f), initcap(l), n, n, n, n, n, b.owner_id),
               ARRAY[b.default_group_id], 1, b.created, b.created, f || ' ' || l, ARRAY[n, n + 1, n + 2], f || ' ' || l, f, l,
               'example company ' || n, ARRAY['person' || n || '@example.com'], ARRAY['1555010' || n, '1555020' || n]
        FROM book b, generate_series(1, $2) n,
             LATERAL (SELECT (ARRAY['joe','ann','bob','eve','kim','lee','max','pat','sam','zoe'])[1 + n % 10] AS f, 'johnson' || n % 97 AS l) names
        WHERE b.owner_id = ANY($1)
        """;

    /// <summary>Fills the database and gives the owners to measure.</summary>
    public static async Task<IReadOnlyList<Owner>> RunAsync(string connectionString, int contacts)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Command Timeout=600");
        var small = Enumerable.Range(0, (contacts - BigBook) / SmallBook).Select(i => $"user-{i}").ToArray();
        var books = small.Append(Big).Select(user => BookKey.Of(Organization, user)).ToArray();
        await RunAsync(source, "INSERT INTO book SELECT id, $3, owner, 1, NULL, now() FROM unnest($1, $2) AS b(id, owner)", books.Select(b => b.Id).ToArray(), books.Select(b => b.OwnerId).ToArray(), Organization);
        await RunAsync(source, """
            INSERT INTO contact_group (book_id, organization, group_id, body, name_hash, display_name, group_type, version, created, last_modified)
            SELECT book_id, organization, book_id, format('"groupId":"%s","displayName":"Other contacts","groupType":"NORMAL","ownerId":"%s"', book_id, owner_id), 'x', 'other contacts', 'NORMAL', 1, created, created FROM book
            """);
        await RunAsync(source, "UPDATE book SET default_group_id = book_id");
        foreach (var part in small.Chunk(50))
        {
            await RunAsync(source, ContactSql, part, SmallBook);
        }

        await RunAsync(source, ContactSql, new[] { Big }, BigBook);
        await RunAsync(source, "VACUUM ANALYZE");
        return await Task.WhenAll(small.Take(64).Append(Big).Select(user => IssueAsync(source, user)));
    }

    private static async Task<Owner> IssueAsync(NpgsqlDataSource source, string user)
    {
        var secret = ApiToken.NewSecret();
        await RunAsync(
            source,
            "INSERT INTO api_token (token_hash, token_id, organization, user_id, role, created, expires) VALUES ($1, gen_random_uuid(), $2, $3, 'agent', now(), now() + interval '1 day')",
            ApiToken.Hash(secret), Organization, user);
        return new(user, secret, BookKey.Of(Organization, user));
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
