using ContactsService.Filtering;

namespace ContactsService.Tests.Filtering;

public class SearchTextTests(Service service)
{
    [Theory]
    [InlineData("Jean-Luc O’Brien", "jean luc o brien")]
    [InlineData("Müller", "muller/mueller")]
    [InlineData("Österröder", "osterroder/oesterroeder")]
    [InlineData("ﾊﾝﾊﾞｰｶﾞｰ", "ハンバーガー")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국")]
    [InlineData("ａ１ ٣", "a1 3")]
    [InlineData("A\u00ADB\u200Dc\u200E", "abc")]
    [InlineData("½ AT&T", "1 2 at t")]
    [InlineData("北京ABC🎉🎉", "北京 abc 🎉 🎉")]
    [InlineData(" - ' .", "")]
    public void Splits_and_folds(string text, string words) =>
        Assert.Equal(words, string.Join(' ', SearchText.Words(text).Select(word => string.Join('/', word.Spellings))));

    [Fact]
    public void Needs_memory_for_what_counts_of_a_long_text_without_spaces()
    {
        var vector = new SearchVector(Guid.NewGuid());
        var before = GC.GetAllocatedBytesForCurrentThread();

        vector.AddName(new string('漢', 16_384));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000); // all endings of it have 268 million characters
    }

    // Every part of every length, and no other digits.
    [Fact]
    public async Task Digits_find_the_numbers_that_they_are_part_of()
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        var book = Guid.NewGuid();
        string[] numbers = ["492215550134", "12345", "110", "4711", "39066981234567", "1111111"];
        var vectors = numbers.Select(number =>
        {
            var vector = new SearchVector(book);
            vector.AddNumber(number);
            return vector.ToString();
        }).ToArray();
        var asked = numbers.SelectMany(number =>
            from start in Enumerable.Range(0, number.Length)
            from length in Enumerable.Range(3, Math.Max(0, number.Length - start - 2))

            select number.Substring(
                start, length)).Concat(["000", "2222", "55501345", "9999999", "49221555013", "22155501349"]).Distinct().ToArray();
        await using var command = new Npgsql.NpgsqlCommand("""
            SELECT asked.i, number.i
            FROM unnest($1::text[]) WITH ORDINALITY number(vector, i), unnest($2::text[]) WITH ORDINALITY asked(query, i)
            WHERE number.vector::tsvector @@ asked.query::tsquery
            """, connection)
        {
            Parameters =
            {
                new() { Value = vectors },
                new()
                {
                    Value = asked.Select(
                        digits => QueryTerm.OfNumber(digits, region: null).ToQuery(book, SearchScope.All, onlyWhole: false)).ToArray(),
                },
            },
        };
        var found = new HashSet<(string, string)>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                found.Add((asked[reader.GetInt64(0) - 1], numbers[reader.GetInt64(1) - 1]));
            }
        }

        var expected = from digits in asked
                       from number in numbers
                       where number.Contains(
            digits, StringComparison.Ordinal)
                       select (digits, number);
        Assert.Equal(expected.Order(), found.Order());
    }
}
