using System.Diagnostics;
using ContactsService.LocalPostgres;

namespace ContactsService.Tests.LocalPostgres;

/// <summary>The private server, with real processes.</summary>
[Trait("Speed", "Slow")]
public sealed class LocalPostgresTests
{
    private const string Fill = "CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')";
    private const string Read = "SELECT text FROM note";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_a_durable_database_that_only_a_socket_reaches()
    {
        await using var place = new Place();
        var server = await place.StartAsync();

        Assert.Matches("^Host=/[^;]*/contacts-[0-9a-f]{16};Username=contacts;Database=contacts$", server.ConnectionString);
        Assert.Equal(place.Wanted, server.DataFolder);
        Assert.Equal(
            "on on on C UTF8 on [] 20 off",
            await Place.AskAsync(
                server,
                """
                SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),
                    datcollate, pg_encoding_to_char(encoding), current_setting('data_checksums'), format('[%s]',
                    current_setting('listen_addresses')),
                    current_setting('max_connections'), current_setting('jit'))
                FROM pg_database WHERE datname = current_database()
                """));
    }

    [Fact]
    public async Task Keeps_committed_data_between_runs()
    {
        await using var place = new Place();
        await using (var first = await place.StartAsync())
        {
            await Place.AskAsync(first, Fill);
        }

        Assert.False(place.HasServer);
        Assert.Equal("kept", await Place.AskAsync(await place.StartAsync(), Read));
    }

    [Fact]
    public async Task Is_stopped_by_its_last_user()
    {
        await using var place = new Place();
        var first = await place.StartAsync();
        var pid = place.ServerPid;
        var second = await place.StartAsync();
        Assert.Equal(pid, place.ServerPid);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.Equal(1, await Place.AskAsync(second, "SELECT 1"));

        await second.DisposeAsync();
        Assert.False(Place.ProcessIsThere(pid));
        Assert.False(System.IO.Directory.Exists(new Npgsql.NpgsqlConnectionStringBuilder(first.ConnectionString).Host));
    }

    [Fact]
    public async Task Starts_one_server_for_concurrent_users()
    {
        await using var place = new Place();
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LocalServer.StartAsync(place.Options(), Ending)));

        Assert.Single(servers.Select(server => server.ConnectionString).Distinct(StringComparer.Ordinal));
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        Assert.False(place.HasServer);
    }

    [Fact]
    public async Task Keeps_committed_data_when_the_server_is_killed()
    {
        await using var place = new Place();
        var server = await place.StartAsync();
        await Place.AskAsync(server, Fill);
        var pid = place.ServerPid;

        place.KillServer();

        Assert.Equal("kept", await Place.AskPatientlyAsync(server, Read));
        Assert.NotEqual(pid, place.ServerPid);
    }

    [Fact]
    public async Task Restarts_once_when_two_processes_watch_it()
    {
        await using var place = new Place();
        var first = await place.StartAsync();
        var second = await place.StartAsync();

        place.KillServer();

        Assert.Equal(1, await Place.AskPatientlyAsync(first, "SELECT 1"));
        Assert.Equal(1, await Place.AskPatientlyAsync(second, "SELECT 1"));
    }

    [Fact]
    public async Task Waits_for_the_sessions_of_a_killed_server_to_end()
    {
        await using var place = new Place();
        var server = await place.StartAsync();

        // A session that is busy in a loop of its own notices only at its end that its server has gone.
        var busy = Place.AskAsync(server, "SELECT count(*) FROM generate_series(1, 20000000)");
        await Task.Delay(200, Ending);
        place.KillServer();

        Assert.Equal(1, await Place.AskPatientlyAsync(server, "SELECT 1"));
        await Record.ExceptionAsync(() => busy);
    }

    [Fact]
    public async Task Uses_and_stops_a_server_that_its_starter_left_running()
    {
        await using var place = new Place();
        await using (await place.StartAsync())
        {
            // Only so that there is a cluster.
        }

        var account = await Account.FindAsync(Ending);
        var data = await DataFolder.FindAsync(place.Wanted, account, log: null, Ending);
        var abandoned = new Cluster(data, await Programs.FindAsync(folders: null, data.Major, Ending), account, place.Options());
        await abandoned.StartAsync(Ending);
        var pid = place.ServerPid;

        await using (var heir = await place.StartAsync())
        {
            Assert.Equal(pid, place.ServerPid);
            Assert.Equal(1, await Place.AskAsync(heir, "SELECT 1"));
        }

        Assert.False(Place.ProcessIsThere(pid));
    }

    [Fact]
    public async Task Ignores_a_process_id_that_now_belongs_to_another_process()
    {
        await using var place = new Place();
        var file = Path.Combine(place.Cluster, "postmaster.pid");
        string left;
        await using (var first = await place.StartAsync())
        {
            await Place.AskAsync(first, Fill);
            left = await File.ReadAllTextAsync(file, Ending);
        }

        using var stranger = Process.Start("sleep", "60");
        try
        {
            await File.WriteAllTextAsync(file, $"{stranger.Id}{left[left.IndexOf('\n', StringComparison.Ordinal)..]}", Ending);
            Assert.Equal("kept", await Place.AskAsync(await place.StartAsync(), Read));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task Starts_over_after_an_initdb_that_was_killed()
    {
        await using var place = new Place();
        var half = Path.Combine(place.Wanted, "unfinished-0");
        System.IO.Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "15", Ending);

        Assert.Equal(1, await Place.AskAsync(await place.StartAsync(), "SELECT 1"));
        Assert.False(System.IO.Directory.Exists(half));
    }

    [Fact]
    public async Task Works_in_a_folder_whose_path_is_too_long_for_a_socket()
    {
        await using var place = new Place(string.Join('/', Enumerable.Repeat("a folder with 'quotes' and $signs", 6)));

        var server = await place.StartAsync();
        Assert.Equal(1, await Place.AskAsync(server, "SELECT 1"));
        place.KillServer();
        Assert.Equal(1, await Place.AskPatientlyAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Uses_the_fallback_when_the_servers_account_cannot_reach_the_folder()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            // Only root runs the server under another account.
            return;
        }

        await using var place = new Place("closed");
        System.IO.Directory.CreateDirectory(place.Root);
        File.SetUnixFileMode(place.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var server = await place.StartAsync();

        Assert.Matches("^/var/lib/contacts-service/[0-9a-f]{16}$", server.DataFolder);
        Assert.Contains(place.Said, sentence => sentence.Contains(server.DataFolder, StringComparison.Ordinal));
        Assert.Equal(1, await Place.AskAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Refuses_a_socket_folder_that_is_a_link()
    {
        await using var place = new Place();
        await using (await place.StartAsync())
        {
            // Only so that there is a cluster.
        }

        var account = await Account.FindAsync(Ending);
        var socket = SocketFolder.Of(await DataFolder.FindAsync(place.Wanted, account, log: null, Ending), account);
        System.IO.Directory.CreateSymbolicLink(socket, "/tmp");
        try
        {
            var refused = await Assert.ThrowsAsync<LocalPostgresException>(place.StartAsync);
            Assert.Contains(socket, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(socket);
        }
    }

    [Fact]
    public async Task Says_what_to_install_when_there_is_no_server()
    {
        await using var place = new Place();

        var refused = await Assert.ThrowsAsync<LocalPostgresException>(
            () => LocalServer.StartAsync(place.Options(["/nowhere/*/bin"]), Ending));

        Assert.Contains("apt-get install postgresql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Contacts", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_version_the_data_needs()
    {
        await using var place = new Place();
        await using (await place.StartAsync())
        {
            // Only so that there is a cluster.
        }

        await File.WriteAllTextAsync(Path.Combine(place.Cluster, "PG_VERSION"), "9\n", Ending);
        var refused = await Assert.ThrowsAsync<LocalPostgresException>(place.StartAsync);

        Assert.Contains("apt-get install postgresql-9", refused.Message, StringComparison.Ordinal);
    }
}
