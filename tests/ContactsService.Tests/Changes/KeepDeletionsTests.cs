using ContactsService.Books;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Tests.Changes;

[Trait("Speed", "Slow")]
public class KeepDeletionsTests
{
    [Fact]
    public async Task Purges_old_deletions_and_refuses_tokens_that_would_miss_them()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var process = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Changes__KeepDeletionsDays"] = "30",
        });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new(process.Address) };
        var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "agent");
        var bob = await Service.PersonAsync(database, http, ann.Organization, "bob", "agent");
        var (old, recent) = (await ann.AddContactAsync("Old"), await ann.AddContactAsync("Recent"));
        var before = await ann.NowAsync();
        await ann.DeleteAsync($"/contacts/{old}");
        var between = await ann.NowAsync();
        await ann.DeleteAsync($"/contacts/{recent}");
        await bob.DeleteAsync($"/contacts/{await bob.AddContactAsync("Recent")}");
        await using var age = database.CreateCommand($"UPDATE tombstone SET deleted = deleted - interval '31 days' WHERE id = '{old}'");
        await age.ExecuteNonQueryAsync();

        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(database).Options);
        await TombstonePurge.RunAsync(db, DateTime.UtcNow.AddDays(-30), TestContext.Current.CancellationToken);

        (await ann.GetAsync($"/changes?since={before}")).ShouldBeProblem(410, "token-expired", "since");
        (await ann.GetAsync($"/changes/stream?since={before}")).ShouldBeProblem(410, "token-expired", "since");
        Assert.Equal($"delete {recent}|put Other contacts", await ann.TextsAsync(between));
        await using var left = database.CreateCommand("SELECT count(*) FROM tombstone");
        Assert.Equal(2L, await left.ExecuteScalarAsync());
        await using var purged = database.CreateCommand("SELECT count(*) FROM book WHERE purged_version > 0");
        Assert.Equal(1L, await purged.ExecuteScalarAsync());
    }
}
