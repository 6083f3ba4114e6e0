using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Changes;

public class ChangeTokenTests(Service service)
{
    [Fact]
    public async Task Belongs_to_one_caller()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var stranger = await service.PersonAsync(Service.NewOrganization(), "ann", "agent");
        var token = await ann.NowAsync();

        (await admin.GetAsync($"/changes?since={token}")).ShouldBeProblem(400, "invalid-change-token", "since");
        (await stranger.GetAsync($"/changes?since={token}")).ShouldBeProblem(400, "invalid-change-token", "since");
    }

    [Fact]
    public async Task Serves_every_access_token_and_role_of_its_caller()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();

        (await (await service.PersonAsync(ann.Organization, "ann", "agent")).GetAsync($"/changes?since={token}")).ShouldBe(200);
        (await (await service.PersonAsync(ann.Organization, "ann", "admin")).GetAsync($"/changes?since={token}")).ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("NOW")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Jos%C3%A9")]
    public async Task Is_made_by_the_service(string token) =>
        (await (await service.AgentAsync()).GetAsync($"/changes?since={token}")).ShouldBeProblem(400, "invalid-change-token", "since");

    [Fact]
    public async Task Is_refused_when_a_character_was_altered()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();

        for (var i = 0; i < token.Length - 1; i++)
        {
            var altered = $"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}";
            (await ann.GetAsync($"/changes?since={altered}")).ShouldBeProblem(400, "invalid-change-token", "since");
        }
    }

    [Fact]
    public async Task Is_the_same_until_something_changes()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var token = (await ann.FollowAsync()).Token;

        var reply = await ann.ChangesAsync(token);
        Assert.Equal(token, reply.Value("nextToken"));
        Assert.True(reply.Text.Length <= 300, reply.Text);
    }

    [Fact]
    public async Task Has_at_most_280_characters_within_a_version_and_the_longest_id()
    {
        var ann = await service.AgentAsync();
        var first = new string('a', 128);
        await ann.PutAsync($"/contacts/{first}", """{"contactType":"CUSTOM","displayName":"Joe"}""");
        await ann.PutAsync($"/contacts/{new string('b', 128)}", """{"contactType":"CUSTOM","displayName":"Sue"}""");
        await using var later = service.Database.CreateCommand($"""
            UPDATE contact SET version = 9000000000000000 WHERE organization = '{ann.Organization}';
            UPDATE contact_group SET version = 9000000000000000 WHERE organization = '{ann.Organization}';
            UPDATE book SET revision = 9000000000000000 WHERE organization = '{ann.Organization}'
            """);
        await later.ExecuteNonQueryAsync();

        var page = await ann.ChangesAsync(more: "pageSize=1");

        Assert.InRange(page.Value("nextToken").Length, 100, 280);
        Assert.Equal("put Sue|put Other contacts", await ann.TextsAsync(page.Value("nextToken")));
    }

    [Fact]
    public async Task Is_expired_when_deletions_after_it_are_no_longer_known()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Sue");
        var joe = await ann.AddContactAsync("Joe");
        var token = await ann.NowAsync();
        var copy = (await ann.ChangesAsync(more: "pageSize=1")).Value("nextToken");
        await ann.DeleteAsync($"/contacts/{joe}");
        var later = await ann.NowAsync();

        await ForgetAsync(ann);

        (await ann.GetAsync($"/changes?since={token}")).ShouldBeProblem(410, "token-expired", "since");
        (await ann.GetAsync($"/changes?since={copy}")).ShouldBeProblem(410, "token-expired", "since");
        (await ann.GetAsync($"/changes?since={later}")).ShouldBe(200);
        Assert.Equal("put Sue|put Other contacts", ChangeCalls.Texts((await ann.FollowAsync()).Changes));
    }

    [Fact]
    public async Task Is_expired_when_the_database_has_not_come_that_far()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var token = await ann.NowAsync();
        await using var restore = service.Database.CreateCommand(
            $"UPDATE book SET revision = revision - 1 WHERE organization = '{ann.Organization}'");
        await restore.ExecuteNonQueryAsync();

        (await ann.GetAsync($"/changes?since={token}")).ShouldBeProblem(410, "token-expired", "since");
    }

    // What housekeeping does when Changes:KeepDeletionsDays is set.
    private async Task ForgetAsync(Person person)
    {
        await using var forget = service.Database.CreateCommand($"""
            UPDATE book SET purged_version = (SELECT max(version) FROM tombstone WHERE tombstone.book_id = book.book_id)
            WHERE organization = '{person.Organization}' AND EXISTS (SELECT FROM tombstone WHERE tombstone.book_id = book.book_id);
            DELETE FROM tombstone WHERE organization = '{person.Organization}'
            """);
        await forget.ExecuteNonQueryAsync();
    }
}
