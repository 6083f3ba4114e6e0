using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class GuideErrorTests(Service service)
{
    [Theory]
    [InlineData("CLOUD", "contactId is required for contactType:CLOUD.")]
    [InlineData("cloud", "Unknown contactType received.")]
    [InlineData("OTHER", "Unknown contactType received.")]
    [InlineData(null, "Unknown contactType received.")]
    public async Task Refuses_what_the_sdk_refuses_without_a_request(string? type, string error)
    {
        // A request would be answered with 500.
        var response = await Clients.Answering(500).CreateContactAsync(new() { ContactType = type, DisplayName = "Joe" });

        Assert.Equal((400, error, "FAILURE"), (response.StatusCode, response.Data.Error, response.Message));
    }

    [Theory]
    [InlineData("Friends")]
    [InlineData("FRIENDS")]
    public async Task Refuses_a_group_name_that_is_taken(string name)
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.CreateContactGroupAsync("Friends");

        var response = await client.CreateContactGroupAsync(name);

        Assert.Equal((400, "Group displayName already exists", "FAILURE"), (response.StatusCode, response.Data.Error, response.Message));
        Assert.Equal(2, (await client.GetContactsAsync()).Data.Groups!.Count);
    }

    [Theory]
    [InlineData(400, "400 Bad request")]
    [InlineData(401, "User is unauthorised, possible token expiry")]
    [InlineData(402, "402 Exception has occurred")]
    [InlineData(403, "User request is forbidden")]
    [InlineData(404, "User info not found")]
    [InlineData(408, "Request to the server timedout")]
    [InlineData(409, "409 Exception has occurred")]
    [InlineData(412, "412 Exception has occurred")]
    [InlineData(429, "429 Exception has occurred")]
    [InlineData(500, "Internal server error occurred")]
    [InlineData(501, "Method is not implemented at the backend")]
    [InlineData(502, "502 Exception has occurred")]
    [InlineData(503, "Unable to establish a connection with the server")]
    public async Task Maps_a_status_to_the_sdks_words(int status, string error)
    {
        var client = Clients.Answering(status);

        foreach (var response in new[]
        {
            await client.GetContactsAsync(),
            await client.CreateContactAsync(new() { ContactType = "CUSTOM", DisplayName = "Joe" }),
            await client.DeleteContactAsync("joe"),
            await client.CreateContactGroupAsync("Friends"),
            await client.DeleteContactGroupAsync("friends"),
        })
        {
            Assert.Equal((status, error, "FAILURE"), (response.StatusCode, response.Data.Error, response.Message));
            Assert.Equal(new ContactResponseData { Error = error }, response.Data);
        }
    }

    [Fact]
    public async Task Answers_422_when_there_is_no_answer_or_none_that_can_be_read()
    {
        var ann = await service.AgentAsync();

        var lost = await Clients.Of(service, ann, new LostAnswers(1), RetryOptions.None).GetContactsAsync();
        var unreadable = await Clients.Answering(200, "<html>").GetContactsAsync();

        Assert.Equal((422, "422 Exception has occurred", "FAILURE"), (lost.StatusCode, lost.Data.Error, lost.Message));
        Assert.Equal((422, "422 Exception has occurred", "FAILURE"), (unreadable.StatusCode, unreadable.Data.Error, unreadable.Message));
    }

    [Fact]
    public async Task Tells_the_services_own_refusals()
    {
        var ann = await service.AgentAsync();
        var client = Clients.Of(service, ann);
        var stranger = Clients.Of(service, new Person(new(), "nowhere", "nobody", "wrong"));

        var nameless = await client.CreateContactAsync(new() { ContactType = "CUSTOM" });
        var missing = await client.DeleteContactAsync("joe");
        var noGroup = await client.DeleteContactGroupAsync("0198c8a1-0000-7000-8000-000000000000");
        var unknown = await stranger.GetContactsAsync();

        Assert.Equal((400, "400 Bad request"), (nameless.StatusCode, nameless.Data.Error));
        Assert.Equal((404, "User info not found"), (missing.StatusCode, missing.Data.Error));
        Assert.Equal((404, "User info not found"), (noGroup.StatusCode, noGroup.Data.Error));
        Assert.Equal((401, "User is unauthorised, possible token expiry"), (unknown.StatusCode, unknown.Data.Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../groups")]
    [InlineData("joe?contacts=delete")]
    public async Task Deletes_nothing_by_an_id_that_nobody_has(string id)
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var client = Clients.Of(service, ann);

        Assert.Equal(404, (await client.DeleteContactAsync(id)).StatusCode);
        Assert.Equal(404, (await client.DeleteContactGroupAsync(id)).StatusCode);

        var left = (await client.GetContactsAsync()).Data;
        Assert.Single(left.Contacts!);
        Assert.Single(left.Groups!);
    }
}
