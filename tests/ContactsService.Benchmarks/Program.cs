using System.Runtime.InteropServices;
using ContactsService.Benchmarks;
using ContactsService.LocalPostgres;

if (args is [var mode and ("same-sql" or "own-sql" or "ef"), var connectionString, var address])
{
    return await (mode switch
    {
        "same-sql" => BareProgram.RunAsync(connectionString, address),
        "own-sql" => OwnSqlProgram.RunAsync(connectionString, address),
        _ => EfProgram.RunAsync(connectionString, address),
    });
}

if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var folder = Path.Combine(Path.GetTempPath(), $"contacts-bench-{Guid.NewGuid():N}");
var stopped = new TaskCompletionSource<int>();
// Ctrl+C ends the programs and the server, and removes the data, as the end of all cases does.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await using var server = await LocalServer.StartAsync(
    new LocalPostgresOptions { DataFolder = folder, Database = "bench" }, CancellationToken.None);
try
{
    await using var programs = new Programs();
    return await await Task.WhenAny(
        options.IsGrowth ? new Growth(programs, server.ConnectionString, options).RunAsync() : MeasureAsync(programs), stopped.Task);
}
finally
{
    await server.DisposeAsync();
    System.IO.Directory.Delete(server.DataFolder, recursive: true);
    if (System.IO.Directory.Exists(folder))
    {
        System.IO.Directory.Delete(folder, recursive: true); // the data may lie elsewhere, where the server's account reaches it
    }
}

async Task<int> MeasureAsync(Programs programs)
{
    await programs.RunServiceAsync("service", server.ConnectionString);
    if (options.Only == Provisioning.Name)
    {
        await Provisioning.RunAsync(server.ConnectionString, programs.Service.Address);
        return 0;
    }

    Progress.Say($"filling {options.Contacts:N0} contacts in");
    var people = await Seed.RunAsync(server.ConnectionString, options.Contacts);
    var postgres = await Seed.ServerProcessAsync(server.ConnectionString);
    if (options.Only == ChangeFeed.Name)
    {
        Progress.Say($"filling a directory of {options.Contacts:N0} in");
        var (reader, _) = await Seed.AddDirectoryAsync(server.ConnectionString, options.Contacts);
        await ChangeFeed.RunAsync(programs.Service.Address, reader, [.. people.Take(20)]);
        await IndexCost.RunAsync(server.ConnectionString, postgres, programs.Service.Address, [.. people.SkipLast(1)]);
        return 0;
    }

    if (options.Against is { } build)
    {
        await programs.RunServiceAsync("other build", build, server.ConnectionString, cacheMegabytes: 0);
        await new Comparison(programs.All, "other build", postgres, options.Rounds, options.Only).RunAsync(people);
        return 0;
    }

    if (options.Only == BulkWrites.Name)
    {
        await BulkWrites.RunAsync(server.ConnectionString, programs.Service.Address);
        return 0;
    }

    await Seed.AddTablesOfOthersAsync(server.ConnectionString);
    await programs.RunServiceAsync("service with the cache", AppContext.BaseDirectory, server.ConnectionString, cacheMegabytes: 64);
    await programs.RunAsync("bare, own SQL", "own-sql", server.ConnectionString);
    await programs.RunAsync("bare, the service's SQL", "same-sql", server.ConnectionString);
    await programs.RunAsync("EF Core", "ef", server.ConnectionString);
    var comparison = new Comparison(programs.All, "bare, own SQL", postgres, options.Rounds, options.Only);
    await comparison.RunAsync(people);
    if (options.Only.Length > 0)
    {
        return 0;
    }

    Progress.Say($"filling a directory of {options.Contacts / 10:N0} in");
    var (member, owner) = await Seed.AddDirectoryAsync(server.ConnectionString, options.Contacts / 10);
    await comparison.RunDirectoryAsync(member, owner);
    Progress.Say("provisioning users by SCIM");
    await Provisioning.RunAsync(server.ConnectionString, programs.Service.Address);
    Progress.Say("writing contacts by bulk requests");
    await BulkWrites.RunAsync(server.ConnectionString, programs.Service.Address);
    return 0;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult(130);
}
