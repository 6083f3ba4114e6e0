namespace ContactsService.Scim;

/// <summary>
/// A recursive descent parser of the grammar in RFC 7644, figure 1: or has the lowest precedence, then and, then not. It also accepts
/// <c>emails[type eq "work"].value eq "x"</c>, which is not in the grammar, because Entra ID uses it to match users.
/// </summary>
internal sealed class ScimFilterParser
{
    /// <summary>The maximum length of a filter, in characters.</summary>
    public const int MaxTextLength = 65_536;

    // Each level is a recursive call, and PostgreSQL descends into the SQL of each condition as well.
    private const int MaxDepth = 32;
    private const int MaxConditions = 1_000;

    // Each of these is evaluated for every user; conditions on id use an index.
    private const int MaxScans = 100;

    private readonly List<ScimToken> tokens;
    private int at;
    private int depth;
    private int conditions;
    private int scans;

    /// <summary>Splits the text into tokens.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>.</exception>
    public ScimFilterParser(string text)
    {
        if (text.Length > MaxTextLength)
        {
            throw ScimException.InvalidFilter($"A filter may have at most {MaxTextLength} characters.");
        }

        try
        {
            tokens = ScimFilterTokens.Read(text);
        }
        catch (FormatException unreadable)
        {
            throw ScimException.InvalidFilter(unreadable.Message);
        }
    }

    /// <summary>Parses the text as a filter over users.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>.</exception>
    public ScimFilter Read() => Read(null);

    /// <summary>Parses the text as the filter in the brackets of a list.</summary>
    /// <param name="list">Null for a filter over users.</param>
    /// <exception cref="ScimException"><c>invalidFilter</c>.</exception>
    public ScimFilter Read(ScimAttributePath? list)
    {
        var filter = ReadOr(list);
        return Next.IsEnd ? filter : throw Unexpected("'and', 'or' or the end");
    }

    private ScimToken Next => tokens[at];

    private ScimFilter ReadOr(ScimAttributePath? list)
    {
        if (++depth > MaxDepth)
        {
            throw ScimException.InvalidFilter($"A filter may be nested at most {MaxDepth} levels deep.");
        }

        List<ScimFilter> terms = [ReadAnd(list)];
        while (Take("or"))
        {
            terms.Add(ReadAnd(list));
        }

        depth--;
        return terms.Count == 1 ? terms[0] : new ScimOr(terms);
    }

    private ScimFilter ReadAnd(ScimAttributePath? list)
    {
        List<ScimFilter> terms = [ReadTerm(list)];
        while (Take("and"))
        {
            terms.Add(ReadTerm(list));
        }

        return terms.Count == 1 ? terms[0] : new ScimAnd(terms);
    }

    private ScimFilter ReadTerm(ScimAttributePath? list)
    {
        if (Take("("))
        {
            return ReadGroup(list);
        }

        if (!Next.Is("not"))
        {
            return ReadCondition(list);
        }

        at++;
        Expect("(");
        return new ScimNot(ReadGroup(list));
    }

    private ScimFilter ReadGroup(ScimAttributePath? list)
    {
        var inner = ReadOr(list);
        Expect(")");
        return inner;
    }

    private ScimFilter ReadCondition(ScimAttributePath? list)
    {
        if (++conditions > MaxConditions)
        {
            throw ScimException.InvalidFilter($"A filter may have at most {MaxConditions} conditions.");
        }

        var path = list is null ? ReadPath() : ReadSub(list);
        var condition = Take("[") ? ReadEntry(path, list) : ReadComparison(new(path, IsOfEntry: list is not null));
        if (!(condition is ScimComparison one && ScimFilterSql.IsId(one)) && ++scans > MaxScans)
        {
            throw ScimException.InvalidFilter($"A filter may have at most {MaxScans} conditions that are not on id.");
        }

        return condition;
    }

    private ScimAttributePath ReadPath()
    {
        var name = ReadWord("an attribute");
        return ScimAttributePath.Find(name)
            ?? throw ScimException.InvalidFilter($"There is no attribute {ScimException.Quote(name)}.");
    }

    private ScimAttributePath ReadSub(ScimAttributePath list)
    {
        var name = ReadWord("a sub-attribute");
        return list.Attribute.Find(name) is { } sub
            ? list with { Sub = sub }
            : throw ScimException.InvalidFilter($"{list} has no sub-attribute {ScimException.Quote(name)}.");
    }

    private ScimEntry ReadEntry(ScimAttributePath path, ScimAttributePath? list)
    {
        if (list is not null || path.Sub is not null || path.Attribute is not { IsMultiValued: true, Type: ScimType.Complex })
        {
            throw ScimException.InvalidFilter($"{path} is not a list of entries, so brackets cannot select from it.");
        }

        var inner = ReadOr(path);
        Expect("]");
        if (Next.IsString || !Next.Text.StartsWith('.'))
        {
            return new ScimEntry(path, inner);
        }

        tokens[at] = Next with { Text = Next.Text[1..] };
        return new ScimEntry(path, new ScimAnd([inner, ReadComparison(new(ReadSub(path), IsOfEntry: true))]));
    }

    private ScimFilter ReadComparison(ScimOperand operand)
    {
        if (operand.Path.Target.IsSecret)
        {
            throw ScimException.InvalidFilter(
                $"{operand.Path} cannot be used in a filter."); // RFC 7644, 7.5.2: it could be guessed step by step
        }

        var word = ReadWord($"an operator after {operand.Path}");
        if (word.Equals("pr", StringComparison.OrdinalIgnoreCase))
        {
            return new ScimPresent(operand);
        }

        if (!char.IsAsciiLetter(word[0]) || !Enum.TryParse<ScimOperator>(word, ignoreCase: true, out var comparison))
        {
            throw ScimException.InvalidFilter($"There is no operator {ScimException.Quote(word)}.");
        }

        var value = Next;
        if (value.IsEnd || value.Is(")") || value.Is("]"))
        {
            throw Unexpected($"a value after {operand.Path} {word}");
        }

        at++;
        return ScimFilterTyping.Of(operand, comparison, value);
    }

    private string ReadWord(string expected)
    {
        var token = Next;
        if (token.IsString || token.Text.Length == 0 || "()[]".Contains(token.Text, StringComparison.Ordinal))
        {
            throw Unexpected(expected);
        }

        at++;
        return token.Text;
    }

    private bool Take(string word)
    {
        if (!Next.Is(word))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(string bracket)
    {
        if (!Take(bracket))
        {
            throw Unexpected($"'{bracket}'");
        }
    }

    private ScimException Unexpected(string expected) => ScimException.InvalidFilter(Next.IsEnd
        ? $"Expected {expected} at the end of the filter."
        : $"Expected {expected} at character {Next.Place}, but found {ScimException.Quote(Next.Text)}.");
}
