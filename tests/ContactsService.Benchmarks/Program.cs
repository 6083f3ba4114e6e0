using System.Runtime.InteropServices;
using ContactsService.Benchmarks;
using ContactsService.LocalPostgres;

if (args is ["bare", var connectionString, var address])
{
    return await BareProgram.RunAsync(connectionString, address);
}

var contacts = args is ["--quick"] ? 100_000 : 1_000_000;
var rounds = args is ["--quick"] ? 4 : 8;
var folder = Path.Combine(Path.GetTempPath(), $"contacts-bench-{Guid.NewGuid():N}");
var stopped = new TaskCompletionSource<int>();
// Ctrl+C ends the programs and the server, and removes the data, as the end of all cases does.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await using var server = await LocalServer.StartAsync(new LocalPostgresOptions { DataFolder = folder, Database = "bench" }, CancellationToken.None);
try
{
    await using var programs = await Programs.StartAsync(server.ConnectionString);
    return await await Task.WhenAny(MeasureAsync(), stopped.Task);
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

async Task<int> MeasureAsync()
{
    Progress.Say($"filling {contacts:N0} contacts in");
    var people = await Seed.RunAsync(server.ConnectionString, contacts);
    await Comparison.RunAsync(people, rounds);
    Progress.Say($"filling a directory of {contacts / 10:N0} in");
    var (member, owner) = await Seed.AddDirectoryAsync(server.ConnectionString, contacts / 10);
    await Comparison.RunDirectoryAsync(member, owner, rounds);
    Progress.Say("provisioning users by SCIM");
    await Provisioning.RunAsync(server.ConnectionString);
    return 0;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult(130);
}
