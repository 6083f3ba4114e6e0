using System.Net;

namespace ContactsService.Tests.Faults;

public class LateWriteTests(Service service)
{
    private static readonly TimeSpan ServerNotices = TimeSpan.FromSeconds(3); // that a connection was given up: it looks each second

    [Fact]
    public async Task Are_not_stored_after_their_callers_were_told_so()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Before");
        List<Reply> replies;
        await using (var connection = await service.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var slow = new Npgsql.NpgsqlCommand("SELECT 1 FROM book WHERE organization = $1 FOR UPDATE", connection, transaction);
            slow.Parameters.Add(new() { Value = ann.Organization });
            await slow.ExecuteNonQueryAsync();

            // Some wait in the database, most for their turn.
            replies = [.. await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
                ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Late {{i}}"}""")))];
            await Task.Delay(ServerNotices);
        }

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.Status));
        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"After"}""")).ShouldBe(201);
        Assert.Equal(["After", "Before"], (await ann.GetAsync("/contacts")).Values("contacts", "displayName"));
    }
}
