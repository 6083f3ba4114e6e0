using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class BurstTests
{
    [Fact]
    public async Task Accepts_hundreds_of_concurrent_first_posts_of_a_new_user()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        for (var round = 0; round < 5; round++)
        {
            var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "agent");

            var posts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
                ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}"}""")));

            Assert.All(posts, post => post.ShouldBe(201));
            Assert.Equal(200, posts.Select(post => post.ETag).Distinct().Count());
            Assert.Equal(["Other contacts"], (await ann.GetAsync("/groups")).ShouldBe(200).Values("groups", "displayName"));
        }
    }
}
