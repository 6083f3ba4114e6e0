using System.Text.Json;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class ProblemTests(Service service)
{
    [Fact]
    public async Task Carries_what_the_service_says()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => client.Contacts.AddAsync(new() { ContactType = "CUSTOM", DisplayName = "Joe", Emails = [new() { Type = "work" }] }));

        Assert.Equal((400, "invalid-members", "Invalid members"), (problem.Status, problem.Code, problem.Title));
        Assert.Equal(["emails[0].value"], problem.Errors.Keys);
        Assert.Equal("It is required.", Assert.Single(problem.Errors["emails[0].value"]));
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId);
        Assert.Contains("invalid-members", problem.Message, StringComparison.Ordinal);
        Assert.Equal(
            (null, null, null, null, false), (problem.ContactId, problem.GroupId, problem.ETag, problem.RetryAfter, problem.MayBeDone));
    }

    [Fact]
    public async Task Names_the_contact_that_is_there()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var joe = new Contact { ContactType = ContactTypes.Custom, ContactId = "joe", DisplayName = "Joe" };
        await client.Contacts.AddAsync(joe);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.AddAsync(joe));

        Assert.Equal((409, "contact-exists", "joe"), (problem.Status, problem.Code, problem.ContactId));
    }

    [Fact]
    public async Task Tells_who_may_not()
    {
        var ann = await service.AgentAsync();
        var stranger = new Person(new(), "nowhere", "nobody", "wrong");
        var shared = new Contact { ContactType = ContactTypes.Custom, DisplayName = "Taxi", OwnerId = ann.Organization };

        var forbidden = await Assert.ThrowsAsync<ProblemException>(() => Clients.Of(service, ann).Contacts.AddAsync(shared));
        var unauthenticated = await Assert.ThrowsAsync<ProblemException>(() => Clients.Of(service, stranger).Contacts.FindAsync("joe"));

        Assert.Equal((403, "forbidden"), (forbidden.Status, forbidden.Code));
        Assert.Equal((401, "unauthenticated"), (unauthenticated.Status, unauthenticated.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"code":7}""")]
    public async Task Takes_what_a_proxy_answers(string body)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Clients.Answering(502, body).Contacts.GetAsync("joe"));

        Assert.Equal((502, null), (problem.Status, problem.Code));
        Assert.Empty(problem.Errors);
    }

    [Fact]
    public async Task Does_not_take_a_wrong_address_for_a_missing_contact()
    {
        var elsewhere = Clients.Answering(404, "<html>Nothing here</html>");

        Assert.Equal(404, (await Assert.ThrowsAsync<ProblemException>(() => elsewhere.Contacts.FindAsync("joe"))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<ProblemException>(() => elsewhere.Groups.RemoveAsync("friends"))).Status);
    }

    [Fact]
    public async Task Passes_over_what_newer_services_say()
    {
        const string Body = """{"code":"new-one","hint":{"a":1},"errors":{"a":["x","y"]},"traceId":"t"}""";

        var problem = await Assert.ThrowsAsync<ProblemException>(() => Clients.Answering(418, Body).Contacts.GetAsync("joe"));

        Assert.Equal(("new-one", "t"), (problem.Code, problem.TraceId));
        Assert.Equal(["x", "y"], problem.Errors["a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task Tells_an_answer_that_is_none(string body) =>
        await Assert.ThrowsAsync<JsonException>(() => Clients.Answering(200, body).Contacts.GetAsync("joe"));
}
