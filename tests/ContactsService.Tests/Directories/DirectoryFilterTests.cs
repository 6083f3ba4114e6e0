using ContactsService.Contacts;

namespace ContactsService.Tests.Directories;

/// <summary>Filters, orders and fields over the own book, the organization's contacts and its directory at once.</summary>
public class DirectoryFilterTests(Service service)
{
    [Theory]
    [InlineData("", "Billing|Joe Johnson|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("userName=JOEJ", "Joe Johnson")]
    [InlineData("firstName=Joe&lastName=Johnson&userName=joej", "Joe Johnson")]
    [InlineData("userName=joej&userName=sue", "Joe Johnson|Sue Jones")]
    [InlineData("userName[startsWith]=S", "Sue Jones")]
    [InlineData("userName[ne]=joej", "Billing|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("userName[exists]=true", "Joe Johnson|Sue Jones")]
    [InlineData("userName[exists]=false", "Billing|Mine|Repairs|Taxi|Tom Left")]
    [InlineData("lastName=johnson", "Joe Johnson|Mine")]
    [InlineData("lastName[startsWith]=jo", "Joe Johnson|Mine|Sue Jones")]
    [InlineData("lastName[contains]=ONES", "Sue Jones")]
    [InlineData("lastName[ne]=johnson", "Billing|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("phoneNumber=1-555-010-0199", "Joe Johnson")]
    [InlineData("phoneNumber=2000&phoneNumber=4000&phoneNumber=5000", "Billing|Mine|Taxi")]
    [InlineData("phoneNumber[startsWith]=200", "Billing|Repairs")]
    [InlineData("phoneNumber[ne]=2000", "Joe Johnson|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("phoneNumber[exists]=false", "Tom Left")]
    [InlineData("emails=JOE@example.com", "Joe Johnson")]
    [InlineData("emails=sue@example.com", "Sue Jones")]
    [InlineData("emails[exists]=true", "Joe Johnson|Sue Jones")]
    [InlineData("emails[contains]=@example", "Joe Johnson|Sue Jones")]
    [InlineData("sipAddresses=joe@sip.example.com", "Joe Johnson")]
    [InlineData("department=support", "Joe Johnson")]
    [InlineData("department[startsWith]=s", "Joe Johnson|Sue Jones")]
    [InlineData("department[ne]=support", "Billing|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("employeeId=e-1", "Joe Johnson")]
    [InlineData("manager=Ada%20Boss", "Joe Johnson")]
    [InlineData("companyName[exists]=true", "Joe Johnson")]
    [InlineData("title=guide", "Joe Johnson")]
    [InlineData("addressInfo.city=austin", "Joe Johnson")]
    [InlineData("addressInfo.city=dallas", "")]
    [InlineData("addresses.city=DALLAS", "Joe Johnson")]
    [InlineData("addresses.city=dallas&addresses.zipCode=78701", "Joe Johnson")]
    [InlineData("nickname=jj", "Joe Johnson")]
    [InlineData("instantMessages=JOE@im.example.com", "Joe Johnson")]
    [InlineData("urls[contains]=people", "Joe Johnson")]
    [InlineData("type=user", "Joe Johnson|Sue Jones|Tom Left")]
    [InlineData("type=QUEUE", "Billing|Repairs")]
    [InlineData("type=custom", "Mine|Taxi")]
    [InlineData("type=user&type=queue", "Billing|Joe Johnson|Repairs|Sue Jones|Tom Left")]
    [InlineData("type[ne]=queue", "Joe Johnson|Mine|Sue Jones|Taxi|Tom Left")]
    [InlineData("contactType=cloud", "Billing|Joe Johnson|Repairs|Sue Jones|Tom Left")]
    [InlineData("contactType=CUSTOM", "Mine|Taxi")]
    [InlineData("contactType[ne]=CUSTOM", "Billing|Joe Johnson|Repairs|Sue Jones|Tom Left")]
    [InlineData("resolved=true", "Billing|Joe Johnson|Repairs|Sue Jones")]
    [InlineData("resolved=false", "Tom Left")]
    [InlineData("resolved[ne]=true", "Mine|Taxi|Tom Left")]
    [InlineData("resolved[exists]=false", "Mine|Taxi")]
    [InlineData("groups={friends}", "Joe Johnson|Mine")]
    [InlineData("groups={default}", "Repairs|Tom Left")]
    [InlineData("groups={friends}&groups={default}", "Joe Johnson|Mine|Repairs|Tom Left")]
    [InlineData("groups={friends}&type=user", "Joe Johnson")]
    [InlineData("groups[ne]={friends}", "Billing|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("groups[exists]=true", "Joe Johnson|Mine|Repairs|Tom Left")]
    [InlineData("groups[exists]=false", "Billing|Sue Jones|Taxi")]
    [InlineData("ownerId=me", "Joe Johnson|Mine|Repairs|Tom Left")]
    [InlineData("ownerId=ann", "Joe Johnson|Mine|Repairs|Tom Left")]
    [InlineData("ownerId={org}", "Billing|Sue Jones|Taxi")]
    [InlineData("ownerId={org}&ownerId=me", "Billing|Joe Johnson|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("ownerId[ne]=me", "Billing|Sue Jones|Taxi")]
    [InlineData("ownerId[ne]={org}", "Joe Johnson|Mine|Repairs|Tom Left")]
    [InlineData("ownerId=ben", "")]
    [InlineData("ownerId=me&type=user&resolved=true", "Joe Johnson")]
    [InlineData("ownerId={org}&userName=joej", "")]
    [InlineData("ownerId={org}&groups={friends}", "")]
    [InlineData("primaryContactMethod=mobile", "Joe Johnson")]
    [InlineData("primaryContactMethod[exists]=false", "Billing|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("displayName[contains]=jo", "Joe Johnson|Sue Jones")]
    [InlineData("contactId={joe}", "Joe Johnson")]
    [InlineData("contactId[ne]={joe}", "Billing|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("created[exists]=true&lastModified[gte]=2000-01-01&type=user", "Joe Johnson|Sue Jones|Tom Left")]
    public async Task Finds(string query, string names)
    {
        var scene = await Scene.MakeAsync(service);

        Assert.Equal(names, await scene.Ann.NamesAsync($"?{scene.Fill(query)}"));
        Assert.Equal(names, (await scene.Ann.PagesAsync(2, $"&{scene.Fill(query)}")).Texts("displayName"));
    }

    [Theory]
    [InlineData("displayName", "Billing|Joe Johnson|Mine|Repairs|Sue Jones|Taxi|Tom Left")]
    [InlineData("-displayName", "Tom Left|Taxi|Sue Jones|Repairs|Mine|Joe Johnson|Billing")]
    [InlineData("lastName,displayName", "Joe Johnson|Mine|Sue Jones|Billing|Repairs|Taxi|Tom Left")]
    [InlineData("lastName,-displayName", "Mine|Joe Johnson|Sue Jones|Tom Left|Taxi|Repairs|Billing")]
    [InlineData("-lastName,displayName", "Sue Jones|Joe Johnson|Mine|Billing|Repairs|Taxi|Tom Left")]
    [InlineData("type,-displayName", "Taxi|Mine|Repairs|Billing|Tom Left|Sue Jones|Joe Johnson")]
    [InlineData("-type,displayName", "Joe Johnson|Sue Jones|Tom Left|Billing|Repairs|Mine|Taxi")]
    [InlineData("contactType,type,displayName", "Billing|Repairs|Joe Johnson|Sue Jones|Tom Left|Mine|Taxi")]
    [InlineData("resolved,displayName", "Tom Left|Billing|Joe Johnson|Repairs|Sue Jones|Mine|Taxi")]
    [InlineData("-resolved,displayName", "Billing|Joe Johnson|Repairs|Sue Jones|Tom Left|Mine|Taxi")]
    [InlineData("department,displayName", "Sue Jones|Joe Johnson|Billing|Mine|Repairs|Taxi|Tom Left")]
    [InlineData("primaryContactMethod,-userName,displayName", "Joe Johnson|Sue Jones|Billing|Mine|Repairs|Taxi|Tom Left")]
    [InlineData("addressInfo.city,lastName,firstName,type,displayName", "Joe Johnson|Mine|Sue Jones|Taxi|Billing|Repairs|Tom Left")]
    public async Task Sorts(string sort, string names)
    {
        var scene = await Scene.MakeAsync(service);

        Assert.Equal(names, await scene.Ann.NamesAsync($"?sort={sort}"));
        foreach (var pageSize in new[] { 1, 2, 3, 7 })
        {
            Assert.Equal(names, (await scene.Ann.PagesAsync(pageSize, $"&sort={sort}")).Texts("displayName"));
        }
    }

    [Fact]
    public async Task Sorts_by_every_attribute_that_has_an_order()
    {
        var scene = await Scene.MakeAsync(service);

        foreach (var attribute in ContactAttributes.All.All.Where(attribute => attribute.CanSort))
        {
            var up = (await scene.Ann.PagesAsync(2, $"&sort={attribute.Name},displayName")).Texts("displayName").Split('|');
            var down = (await scene.Ann.PagesAsync(3, $"&sort=-{attribute.Name},displayName")).Texts("displayName").Split('|');
            Assert.Equal(7, up.Distinct().Count());
            Assert.Equal(up.Order(), down.Order());
        }
    }

    [Theory]
    [InlineData("groups[exists]=true&groups[exists]=false")]
    [InlineData("groups[exists]=false&groups[exists]=true")]
    [InlineData("ownerId[exists]=false&ownerId[exists]=true")]
    [InlineData("ownerId[exists]=true&ownerId[exists]=false")]
    public async Task Matches_any_value_of_a_repeated_operator(string filter)
    {
        var scene = await Scene.MakeAsync(service);

        Assert.Equal(await scene.Ann.NamesAsync(""), await scene.Ann.NamesAsync($"?{filter}"));
    }

    [Fact]
    public async Task Returns_the_requested_fields()
    {
        var scene = await Scene.MakeAsync(service);

        var own = (
            await scene.Ann.GetAsync("/contacts?userName=joej&fields=displayName,groups,primaryContactMethod,resolved"))["contacts"]![0]!;
        var plain = (await scene.Ann.GetAsync("/contacts?userName=sue&fields=displayName,groups,ownerId,department"))["contacts"]![0]!;

        Assert.Equal(
            $$"""{"contactId":"{{scene.Joe}}","displayName":"Joe Johnson","primaryContactMethod":"MOBILE","groups":"""
            + $$"""["{{scene.Friends}}"],"resolved":true}""",
            own.ToJsonString());
        Assert.Equal(
            $$"""{"contactId":"{{scene.Sue}}","displayName":"Sue Jones","department":"Sales","ownerId":"{{scene.Ann.Organization}}"}""",
            plain.ToJsonString());
    }

    [Fact]
    public async Task Returns_the_same_entries_to_all_except_own_contacts()
    {
        var scene = await Scene.MakeAsync(service);
        var ben = await service.ColleagueAsync(scene.Ann, "ben");

        Assert.Equal("Billing|Joe Johnson|Repairs|Sue Jones|Taxi", await ben.NamesAsync());
        Assert.Equal("Joe Johnson", await ben.NamesAsync("?lastName=johnson"));
        Assert.Equal("", await ben.NamesAsync("?resolved=false"));
        Assert.Equal("", await ben.NamesAsync("?primaryContactMethod=mobile"));
        Assert.Equal("", await ben.NamesAsync($"?groups={scene.Friends}"));
        Assert.Equal("", await ben.NamesAsync("?groups[exists]=true"));
        Assert.Equal("", await ben.NamesAsync("?ownerId=me"));
        Assert.Equal("Billing|Joe Johnson|Repairs|Sue Jones|Taxi", await ben.NamesAsync($"?ownerId={ben.Organization}"));
    }
}
