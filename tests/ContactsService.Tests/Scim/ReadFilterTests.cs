using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

public class ReadFilterTests
{
    [Fact]
    public void Binds_and_before_or()
    {
        var or = Assert.IsType<ScimOr>(ScimFilter.Parse("""title pr or userType eq "Intern" and active eq true"""));

        Assert.Equal("title", Assert.IsType<ScimPresent>(or.Terms[0]).Operand.Path.ToString());
        var and = Assert.IsType<ScimAnd>(or.Terms[1]);
        Assert.Equal(["userType", "active"], and.Terms.Select(term => Assert.IsType<ScimComparison>(term).Operand.Path.ToString()));
    }

    [Fact]
    public void Binds_not_to_its_brackets_only()
    {
        var and = Assert.IsType<ScimAnd>(ScimFilter.Parse("""NOT (title pr) AND userType EQ "Intern" """));

        Assert.IsType<ScimNot>(and.Terms[0]);
        Assert.IsType<ScimComparison>(and.Terms[1]);
    }

    [Theory]
    [InlineData("""USERNAME Eq "john" """, "userName", "Eq", "john")]
    [InlineData("""emails sw "x" """, "emails.value", "Sw", "x")]
    [InlineData("""URN:ietf:params:scim:schemas:core:2.0:user:NAME.familyname co "O'Malley" """, "name.familyName", "Co", "O'Malley")]
    [InlineData(
        """urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "26118915" """,
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "Eq",
        "26118915")]
    [InlineData("""title eq "say \"hi\" \u00e4 \\ ] ) or" """, "title", "Eq", "say \"hi\" ä \\ ] ) or")]
    [InlineData("""title eq "" """, "title", "Eq", "")]
    public void Finds_the_attribute_however_it_is_written(string text, string path, string comparison, string value)
    {
        var one = Assert.IsType<ScimComparison>(ScimFilter.Parse(text));
        Assert.Equal(path, one.Operand.Path.ToString());
        Assert.Equal(comparison, one.Operator.ToString());
        Assert.Equal(value, one.Value);
    }

    [Theory]
    [InlineData("meta.created gt \"2011-05-13T04:42:34Z\"", 634408585540000000)]
    [InlineData("meta.created gt \"2011-05-13T06:42:34+02:00\"", 634408585540000000)]
    [InlineData("meta.created gt \"2011-05-13T04:42:34.5Z\"", 634408585545000000)]
    [InlineData("meta.created gt \"2011-05-13\"", 634408416000000000)]
    public void Reads_times(string text, long ticks)
    {
        var one = Assert.IsType<ScimComparison>(ScimFilter.Parse(text));

        Assert.Equal(new DateTime(ticks, DateTimeKind.Utc), one.Value);
    }

    [Fact]
    public void Treats_null_as_absent()
    {
        Assert.IsType<ScimPresent>(Assert.IsType<ScimNot>(ScimFilter.Parse("title eq null")).Term);
        Assert.IsType<ScimPresent>(ScimFilter.Parse("title ne null"));
    }

    [Theory]
    [InlineData("", "Expected an attribute at the end of the filter.")]
    [InlineData("shoeSize eq \"9\"", "There is no attribute 'shoeSize'.")]
    [InlineData("name.nick eq \"9\"", "There is no attribute 'name.nick'.")]
    [InlineData("apartment eq \"9\"", "There is no attribute 'apartment'.")]
    [InlineData("urn:example:User:department eq \"9\"", "There is no attribute 'urn:example:User:department'.")]
    [InlineData("userName", "Expected an operator after userName at the end of the filter.")]
    [InlineData("userName like \"x\"", "There is no operator 'like'.")]
    [InlineData("userName 1 \"x\"", "There is no operator '1'.")]
    [InlineData("userName eq", "Expected a value after userName eq at the end of the filter.")]
    [InlineData("userName eq john", "userName is compared to a string in double quotes.")]
    [InlineData("userName eq 12", "userName is compared to a string in double quotes.")]
    [InlineData("userName eq \"john", "The string at character 13 is not closed.")]
    [InlineData("userName eq \"a\\x\"", "The string at character 13 is not a valid JSON string.")]
    [InlineData("userName eq 'john'", "Character 13 is not allowed here.")]
    [InlineData("userName eq \"a\\u0000\"", "userName is compared to a string that holds U+0000 or half a surrogate pair.")]
    [InlineData("userName gt null", "null is compared by eq and ne only, not by gt.")]
    [InlineData("active gt true", "active is not compared by gt.")]
    [InlineData("active eq \"yes\"", "active is compared to true or false.")]
    [InlineData("x509Certificates co \"MII\"", "x509Certificates.value is not compared by co.")]
    [InlineData("meta.created sw \"2011\"", "meta.created is not compared by sw.")]
    [InlineData("meta.created gt \"yesterday\"", "meta.created is compared to a time such as \"2011-05-13T04:42:34Z\".")]
    [InlineData("meta.created gt 2011", "meta.created is compared to a time such as \"2011-05-13T04:42:34Z\".")]
    [InlineData("name eq \"x\"", "name is complex: name the sub-attribute that is to be compared.")]
    [InlineData("addresses co \"x\"", "addresses is complex: name the sub-attribute that is to be compared.")]
    [InlineData("password sw \"a\"", "password cannot be used in a filter.")]
    [InlineData("password pr", "password cannot be used in a filter.")]
    [InlineData("title pr and", "Expected an attribute at the end of the filter.")]
    [InlineData("title pr title pr", "Expected 'and', 'or' or the end at character 10, but found 'title'.")]
    [InlineData("(title pr", "Expected ')' at the end of the filter.")]
    [InlineData("title pr)", "Expected 'and', 'or' or the end at character 9, but found ')'.")]
    [InlineData("not title pr", "Expected '(' at character 5, but found 'title'.")]
    [InlineData("emails[type eq \"work\"", "Expected ']' at the end of the filter.")]
    [InlineData("emails[shoe eq \"work\"]", "emails has no sub-attribute 'shoe'.")]
    [InlineData("emails[]", "Expected a sub-attribute at character 8, but found ']'.")]
    [InlineData("emails.value[type eq \"work\"]", "emails.value is not a list of entries, so brackets cannot select from it.")]
    [InlineData("name[familyName eq \"x\"]", "name is not a list of entries, so brackets cannot select from it.")]
    [InlineData("emails[value[type eq \"x\"]]", "emails.value is not a list of entries, so brackets cannot select from it.")]
    public void Refuses_invalid_filters(string text, string detail) => Assert.Equal(detail, Refused(text));

    [Fact]
    public void Refuses_what_exceeds_the_limits()
    {
        Assert.Equal(
            "A filter may be nested at most 32 levels deep.", Refused(new string('(', 5_000) + "title pr" + new string(')', 5_000)));
        Assert.Equal("A filter may have at most 1000 conditions.", Refused(string.Join(" or ", Enumerable.Repeat("id eq \"x\"", 1_001))));
        Assert.Equal(
            "A filter may have at most 100 conditions that are not on id.",
            Refused(string.Join(" or ", Enumerable.Repeat("title pr", 101))));
        Assert.Equal("title is compared by co with at most 256 characters.", Refused($"title co \"{new string('x', 257)}\""));
        Assert.Equal("A filter may have at most 65536 characters.", Refused(new string(' ', 65_537)));
    }

    [Fact]
    public void Cuts_long_names_in_messages() =>
        Assert.Equal($"There is no attribute '{new string('x', 100)}…'.", Refused(new string('x', 5_000) + " pr"));

    private static string Refused(string text)
    {
        var refusal = Assert.Throws<ScimException>(() => ScimFilter.Parse(text));
        Assert.Equal((400, "invalidFilter"), (refusal.Status, refusal.ScimType));
        return refusal.Message;
    }
}
