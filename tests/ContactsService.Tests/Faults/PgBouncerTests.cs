namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class PgBouncerTests
{
    [Fact]
    public async Task Instances_start_beside_and_behind_each_other_and_serve_every_request()
    {
        Assert.SkipUnless(PgBouncer.IsInstalled, "PgBouncer is not installed: apt-get install pgbouncer.");
        await using var server = await FaultServer.StartNewAsync();
        await using var bouncer = await PgBouncer.StartAsync(server);
        for (var round = 0; round < 3; round++)
        {
            var instances = await Task.WhenAll(Enumerable.Repeat(0, 3).Select(_ => ServiceProcess.StartAsync(
                new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = bouncer.ConnectionString })));
            using var http = new HttpClient { BaseAddress = new(instances[round].Address) };
            var admin = await server.PersonAsync(http);
            foreach (var request in await EveryRequest.PrepareAsync(http, admin))
            {
                var reply = await request.SendAsync(admin, ("Idempotency-Key", Guid.NewGuid().ToString()));
                Assert.True((int)reply.Status < 500, $"{request}: {reply.Text}");
            }

            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }
    }
}
