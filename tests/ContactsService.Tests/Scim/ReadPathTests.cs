using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

public class ReadPathTests
{
    [Theory]
    [InlineData("name.familyname", "name.familyName", false)]
    [InlineData("emails[type eq \"work\"]", "emails", true)]
    [InlineData("addresses[type eq \"work\"].streetAddress", "addresses.streetAddress", true)]
    [InlineData("emails[value eq \"a].b\"].display", "emails.display", true)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq \"work\"].value", "emails.value", true)]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        false)]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        false)]
    [InlineData(
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses[primary eq true].value",
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses.value",
        true)]
    public void Finds_the_attribute(string text, string path, bool hasFilter)
    {
        var read = ScimPath.Parse(text);

        Assert.Equal(path, read.Path.ToString());
        Assert.Equal(hasFilter, read.Filter is not null);
    }

    [Theory]
    [InlineData("", "There is no attribute ''.")]
    [InlineData("members[value eq \"2819c223\"]", "There is no attribute 'members'.")]
    [InlineData("emails.value.x", "There is no attribute 'emails.value.x'.")]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoe",
        "There is no attribute 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoe'.")]
    [InlineData("emails[type eq \"work\"].shoe", "There is no attribute 'emails.shoe'.")]
    [InlineData(
        "emails[type eq \"work\"",
        "The brackets of the path 'emails[type eq \"work\"' must be closed, and only a sub-attribute may follow them.")]
    [InlineData(
        "emails[type eq \"work\"]value",
        "The brackets of the path 'emails[type eq \"work\"]value' must be closed, and only a sub-attribute may follow them.")]
    [InlineData("emails]x[", "The brackets of the path 'emails]x[' must be closed, and only a sub-attribute may follow them.")]
    [InlineData("name[familyName eq \"x\"]", "name is not a list of entries, so brackets cannot select from it.")]
    [InlineData("emails.value[type eq \"x\"]", "emails.value is not a list of entries, so brackets cannot select from it.")]
    [InlineData("emails[]", "Expected a sub-attribute at the end of the filter.")]
    [InlineData("emails[type is \"work\"]", "There is no operator 'is'.")]
    public void Refuses_unknown_paths(string text, string detail)
    {
        var refusal = Assert.Throws<ScimException>(() => ScimPath.Parse(text));

        Assert.Equal((400, "invalidPath", detail), (refusal.Status, refusal.ScimType, refusal.Message));
    }
}
