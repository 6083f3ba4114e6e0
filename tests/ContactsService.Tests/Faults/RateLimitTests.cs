using System.Net;
using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class RateLimitTests
{
    [Fact]
    public async Task Refuses_only_the_caller_that_exceeds_the_limit()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Limits__RequestsAtOnce"] = "5",
            ["Limits__RequestsPerSecond"] = "1",
        });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var organization = Service.NewOrganization();
        var ann = await Service.PersonAsync(database, http, organization, "ann", "agent");
        var ben = await Service.PersonAsync(database, http, organization, "ben", "agent");

        for (var i = 0; i < 5; i++)
        {
            (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}"}""")).ShouldBe(201);
        }

        var refused = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Contact 5"}"""))
            .ShouldBeProblem(429, "too-many-requests");
        Assert.Equal("1", refused.Headers["Retry-After"]);

        (await ben.GetAsync("/contacts")).ShouldBe(200);
        using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, live.StatusCode);

        await Task.Delay(TimeSpan.FromSeconds(1.1)); // as Retry-After has said
        Assert.Equal(
            ["Contact 0", "Contact 1", "Contact 2", "Contact 3", "Contact 4"],
            (await ann.GetAsync("/contacts")).ShouldBe(200).Values("contacts", "displayName"));
        (await ann.GetAsync("/contacts")).ShouldBe(429);
    }
}
