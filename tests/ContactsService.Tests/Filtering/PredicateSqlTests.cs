using ContactsService.Filtering;
using ContactsService.Storage;

namespace ContactsService.Tests.Filtering;

public class PredicateSqlTests
{
    private static readonly ContactsService.Filtering.Attribute Name = new("name", AttributeKind.Text, "name");

    private static readonly Comparison IsAnn = new(Name, ComparisonOperator.Equal, "ann");
    private static readonly Comparison IsBen = new(Name, ComparisonOperator.Equal, "ben");
    private static readonly Comparison IsOld = new(new("version", AttributeKind.Number, "version"), ComparisonOperator.LessThan, "5");

    [Fact]
    public void Compiles_constants()
    {
        Assert.Equal("true", Compile(Predicate.All));
        Assert.Equal("false", Compile(Predicate.None));
        Assert.Equal("((false) IS NOT TRUE)", Compile(new Not(Predicate.None)));
    }

    [Fact]
    public void Nests_predicates()
    {
        Assert.Equal("(c.name = ANY($1) AND (c.version < $2))", Compile(new And(IsAnn, IsOld)));
        Assert.Equal(
            "(c.name = ANY($1) OR (c.name = ANY($2) AND (((c.version < $3)) IS NOT TRUE)))",
            Compile(new Or(new And(IsAnn, new Not(IsOld)), IsBen)));
    }

    [Fact]
    public void Compares_an_attribute_to_alternatives_at_once()
    {
        var sql = new SqlBuilder();

        Assert.Equal("(c.name = ANY($1) OR (c.version < $2))", new PredicateSql(sql, Guid.Empty, "c.").Of(new Or(IsAnn, IsOld, IsBen)));
        Assert.Equal(["ann", "ben"], (string[])sql.Parameters[0].Value!);
    }

    [Fact]
    public void Compares_by_what_adapters_alone_ask_for()
    {
        Assert.Equal("(right(c.name, length($1)) = $1)", Compile(IsAnn with { Operator = ComparisonOperator.EndsWith }));
        Assert.Equal("(c.name COLLATE \"C\" > $1)", Compile(IsAnn with { Operator = ComparisonOperator.GreaterThan }));
        Assert.Equal("(lower(c.name) = lower($1))", Compile(IsAnn with { Attribute = Name with { IsLowered = true } }));
    }

    private static string Compile(Predicate predicate) => new PredicateSql(new SqlBuilder(), Guid.Empty, "c.").Of(predicate);
}
