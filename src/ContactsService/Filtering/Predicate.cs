namespace ContactsService.Filtering;

/// <summary>What a filter asks of an entry, whichever API it came by; <see cref="PredicateSql"/> is its only compiler.</summary>
internal abstract record Predicate
{
    /// <summary>Every entry.</summary>
    public static readonly Predicate All = new And();

    /// <summary>No entry.</summary>
    public static readonly Predicate None = new Or();

    /// <summary>What has to hold in any case: the terms of an AND, or the predicate itself.</summary>
    public IEnumerable<Predicate> Conjuncts => this is And and ? and.Terms.SelectMany(term => term.Conjuncts) : [this];

    /// <summary>The comparisons that have to hold in any case.</summary>
    public IEnumerable<Comparison> Comparisons => Conjuncts.OfType<Comparison>();
}

/// <summary>All terms hold; without terms it is true.</summary>
internal sealed record And(params IReadOnlyList<Predicate> Terms) : Predicate;

/// <summary>At least one term holds; without terms it is false.</summary>
internal sealed record Or(params IReadOnlyList<Predicate> Terms) : Predicate;

/// <summary>The term is false, or unknown because the entry lacks the attribute.</summary>
internal sealed record Not(Predicate Term) : Predicate;

/// <summary>An attribute compares to at least one of the values, which are normalised as the column is.</summary>
internal sealed record Comparison(Attribute Attribute, ComparisonOperator Operator, params IReadOnlyList<string> Values) : Predicate
{
    /// <summary>True when the lookup index finds the entries.</summary>
    public bool IsLookup => Operator is ComparisonOperator.Equal && Attribute.HasLookup;
}

/// <summary>A test of what is in no column of its own, in SQL that only one module can write.</summary>
/// <param name="Write">Returns the SQL; parameters and nested predicates go through the compiler that it is given.</param>
internal sealed record SqlTest(Func<PredicateSql, string> Write) : Predicate;

/// <summary>A test that an index answers with few rows, so that a search begins with it.</summary>
/// <param name="Write">Returns the SQL for an alias, given with its dot; parameters go through the compiler.</param>
internal sealed record IndexTest(Func<PredicateSql, string, string> Write) : Predicate
{
    /// <summary>
    /// Null for the index. Otherwise too much matches: each book is read by name, at most so many of its contacts, until there are enough.
    /// </summary>
    public long? MaxWalked { get; init; }
}
