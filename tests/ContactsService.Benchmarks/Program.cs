using ContactsService.Benchmarks;
using ContactsService.LocalPostgres;

if (args is ["bare", var connectionString, var address])
{
    return await BareProgram.RunAsync(connectionString, address);
}

var contacts = args is ["--quick"] ? 100_000 : 1_000_000;
var rounds = args is ["--quick"] ? 4 : 8;
var folder = Path.Combine(Path.GetTempPath(), $"contacts-bench-{Guid.NewGuid():N}");
await using var server = await LocalServer.StartAsync(new LocalPostgresOptions { DataFolder = folder, Database = "bench" }, CancellationToken.None);
try
{
    await using var programs = await Programs.StartAsync(server.ConnectionString);
    var people = await Seed.RunAsync(server.ConnectionString, contacts);
    await Comparison.RunAsync(people, rounds);
    var (member, owner) = await Seed.AddDirectoryAsync(server.ConnectionString, contacts / 10);
    await Comparison.RunDirectoryAsync(member, owner, rounds);
    await Provisioning.RunAsync(server.ConnectionString);
    return 0;
}
finally
{
    await server.DisposeAsync();
    System.IO.Directory.Delete(folder, recursive: true);
}
