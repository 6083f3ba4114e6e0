using ContactsService.Access;
using Npgsql;

namespace ContactsService.Tests.Access;

[Trait("Speed", "Slow")]
public class GuessTests
{
    [Fact]
    public async Task Are_refused_without_the_database_while_known_tokens_of_the_same_address_work()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Access__GuessesPerSecond"] = "1", // five at once
            ["Access__TokenCacheSeconds"] = "0",
        });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var organization = Service.NewOrganization();
        var ann = await Service.PersonAsync(database, http, organization, "ann", "agent");
        var ben = await Service.PersonAsync(database, http, organization, "ben", "agent");
        (await ann.GetAsync("/contacts")).ShouldBe(200);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ =>
            new Person(http, organization, "ann", ApiToken.NewSecret()).GetAsync("/contacts")));

        Assert.InRange(guesses.Count(reply => (int)reply.Status == 401), 5, 15);
        var refused = guesses.First(reply => (int)reply.Status == 429).ShouldBeProblem(429, "too-many-requests");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.All(guesses, reply => Assert.True((int)reply.Status is 401 or 429));
        (await ann.GetAsync("/contacts")).ShouldBe(200);
        for (var i = 0; (await ben.GetAsync("/contacts")) is { Status: System.Net.HttpStatusCode.TooManyRequests }; i++)
        {
            Assert.InRange(i, 0, 20);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // as Retry-After has said
        }

        (await ben.GetAsync("/contacts")).ShouldBe(200);
    }

    [Fact]
    public async Task Of_what_cannot_be_a_token_never_reach_the_database()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Access__GuessesPerSecond"] = "1",
        });
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };

        for (var i = 0; i < 20; i++)
        {
            (await new Person(http, "org", "ann", $"contacts_{i}").GetAsync("/contacts")).ShouldBeProblem(401, "unauthenticated");
        }
    }
}
