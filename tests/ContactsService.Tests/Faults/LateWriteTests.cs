using System.Net;

namespace ContactsService.Tests.Faults;

[Trait("Speed", "Slow")]
public class LateWriteTests(Service service)
{
    [Fact]
    public async Task Are_not_stored_after_the_caller_got_503()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Before");
        List<Reply> replies;
        await using (var connection = await service.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var slow = new Npgsql.NpgsqlCommand(
                "SELECT 1 FROM book WHERE organization = $1 FOR UPDATE", connection, transaction);
            slow.Parameters.Add(new() { Value = ann.Organization });
            await slow.ExecuteNonQueryAsync();

            // Some wait in the database, most for their turn.
            replies = [.. await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
                ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Late {{i}}"}""")))];
            await UntilNobodyWaitsAsync();
        }

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.Status));
        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"After"}""")).ShouldBe(201);
        Assert.Equal(["After", "Before"], (await ann.GetAsync("/contacts")).Values("contacts", "displayName"));
    }

    // The server looks each second whether a connection was given up.
    private async Task UntilNobodyWaitsAsync()
    {
        await using var waiting = service.Database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        while ((long)(await waiting.ExecuteScalarAsync())! > 0)
        {
            await Task.Delay(100);
        }
    }
}
