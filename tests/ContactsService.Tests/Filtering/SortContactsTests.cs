using ContactsService.Storage;
using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Filtering;

public class SortContactsTests(Service service)
{
    [Fact]
    public async Task Puts_letters_with_accents_beside_those_without()
    {
        var ann = await service.AgentAsync();
        string[] names =
        [
            "Zoe", "Émile", "Emil", "émil", "emil", "Emil Zola", "Łukasz", "Øre", "Straße", "Strasse", "Strasse 1", "EMIL",
            "emilia", "Orel",
            "Lukas",
        ];
        foreach (var name in names)
        {
            await ann.AddContactAsync(name);
        }

        const string Expected = "emil|Emil|EMIL|émil|Emil Zola|Émile|emilia|Lukas|Łukasz|Øre|Orel|Strasse|Straße|Strasse 1|Zoe";
        Assert.Equal(Expected, await ann.NamesAsync());
        Assert.Equal(Expected, (await ann.PagesAsync(2)).Texts("displayName"));
        Assert.Equal(string.Join('|', Expected.Split('|').Reverse()), (await ann.PagesAsync(2, "&sort=-displayName")).Texts("displayName"));
    }

    [Fact]
    public async Task Sorts_by_other_texts_in_the_same_way_without_case()
    {
        var ann = await service.AgentAsync();
        foreach (var name in (string[])["Zoe", "Émile", "Emil", "Emile", "Ørsted", "Osborn", "Æbel", "Adam"])
        {
            (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"x","lastName":"{{name}}"}""")).ShouldBe(201);
        }

        const string Expected = "Adam|Æbel|Emil|Emile|Émile|Ørsted|Osborn|Zoe";
        Assert.Equal(Expected, (await ann.PagesAsync(3, "&sort=lastName")).Texts("lastName"));
        Assert.Equal(string.Join('|', Expected.Split('|').Reverse()), (await ann.PagesAsync(3, "&sort=-lastName")).Texts("lastName"));
    }

    [Fact]
    public async Task StartsWith_stays_sensitive_to_accents()
    {
        var ann = await service.AgentAsync();
        foreach (var name in (string[])["Émile", "Emil", "Straße", "strasse", "Ｗide", "İstanbul"])
        {
            await ann.AddContactAsync(name);
        }

        Assert.Equal("Emil", await ann.NamesAsync("?displayName[startsWith]=emi"));
        Assert.Equal("Émile", await ann.NamesAsync("?displayName[startsWith]=%C3%89mi"));
        Assert.Equal("strasse|Straße", await ann.NamesAsync("?displayName[startsWith]=stras"));
        Assert.Equal("Ｗide", await ann.NamesAsync("?displayName[startsWith]=%EF%BD%97"));
        Assert.Equal("", await ann.NamesAsync("?displayName[startsWith]=wide"));
        Assert.Equal("İstanbul", await ann.NamesAsync("?displayName[startsWith]=%C4%B0s"));
    }

    [Theory]
    [InlineData("emil", "emil")]
    [InlineData("Emil", "emil\u0001\u0001\u0003")]
    [InlineData("émil", "emil\u0001\u0301")]
    [InlineData("emíl", "emil\u0001\u0002\u0002\u0301")]
    [InlineData("ÆØ", "aeo\u0001\u0002\u0338\u0338\u0001\u0003\u0003\u0003")]
    [InlineData("a\u0001b", "a b")]
    [InlineData(null, "\U0010FFFF")]
    public void A_key_is_letters_then_accents_then_case(string? name, string expected) => Assert.Equal(expected, SortText.Of(name));

    [Fact]
    public void A_key_fits_into_an_index_and_begins_as_its_beginning_does()
    {
        var zalgo = $"a{new string('\u0301', 5000)}";
        var supplementary = string.Concat(Enumerable.Repeat("\U0001D538\u0301", 1000));

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(SortText.Of(zalgo)), 1, 2400);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(SortText.Of(supplementary)), 1, 2400);
        foreach (var name in (string[])["Straße", "ǅungla", "ﬁnal", "İstanbul", "Ａbc", "ａ\u0301x", "한국", "ς"])
        {
            var folded = CaseFolding.Text(name);
            for (var length = 1; length <= folded.Length; length++)
            {
                Assert.StartsWith(SortText.Beginning(folded[..length]), SortText.Of(name), StringComparison.Ordinal);
            }
        }
    }
}
