using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class ShutdownTests
{
    private const int OfEachKind = 17;

    [Fact]
    public async Task Finishes_requests_in_flight_and_accepts_no_new_ones()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "agent");
        var ben = await Service.PersonAsync(database, http, ann.Organization, "ben", "agent");
        var note = new string('n', 3000);
        await Parallel.ForAsync(0, 500, async (i, _) =>
            (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}","title":"{{note}}"}""")).ShouldBe(
                201));
        await ben.AddContactAsync("Ben's");

        // Bodies half sent, lists half read, and writes that wait for the database.
        var half = """{"contactType":"CUSTOM",""";
        var rest = "\"displayName\":\"Slow\"}";
        var bodies = await OpenAsync(
            service,
            OfEachKind,
            $"POST /contacts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ann.Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {half.Length + rest.Length}\r\n\r\n{half}");
        var lists = await OpenAsync(
            service,
            OfEachKind,
            $"GET /contacts?pageSize=1000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ann.Token}\r\n\r\n",
            receiveBuffer: 4096);
        foreach (var list in lists)
        {
            await list.ReadAsync(TimeSpan.FromSeconds(5), most: 1000);
            Assert.Equal(200, list.Status);
        }

        await using var holder = await database.OpenConnectionAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using var take = new NpgsqlCommand("SELECT FROM book WHERE owner_id = 'ben' FOR UPDATE", holder, hold);
        await take.ExecuteNonQueryAsync();
        var writes = await OpenAsync(
            service,
            OfEachKind,
            $"PUT /contacts/nobody HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ben.Token}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 44\r\n\r\n"
            + "{\"contactType\":\"CUSTOM\",\"displayName\":\"Ben\"}}");
        await Task.Delay(200); // everything sent has arrived

        service.Terminate();
        await ShouldBeClosedAsync(service);

        // Only now they go on.
        foreach (var body in bodies)
        {
            await body.SendAsync(rest);
        }

        await hold.RollbackAsync();
        RawConnection[] all = [.. bodies, .. lists, .. writes];
        Assert.All(await Task.WhenAll(all.Select(one => one.ReadToEndAsync(TimeSpan.FromSeconds(20)))), Assert.True);
        Assert.All(all, one => Assert.False(one.WasReset));
        Assert.All(bodies, body => Assert.Equal(201, body.Status));
        Assert.All(lists, list => Assert.Equal(500, list.Text.Split("\"displayName\":\"Contact ").Length - 1));
        Assert.All(
            lists, list => Assert.Equal(Length(list), list.Text.Length - list.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4));
        Assert.Equal([200, 201], writes.Select(write => write.Status).Distinct().Order()); // one creates, the others replace

        await service.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2)); // beyond it something hangs
        Assert.Equal(0, service.ExitCode);
        using var listener = new TcpListener(IPAddress.Loopback, new Uri(service.Address).Port);
        listener.Start(); // the port is free
        await using var count = database.CreateCommand("SELECT count(*) FROM contact WHERE display_name = 'slow'");
        Assert.Equal((long)OfEachKind, await count.ExecuteScalarAsync());
        Array.ForEach(all, one => one.Dispose());
    }

    private static Task<RawConnection[]> OpenAsync(ServiceProcess service, int count, string request, int receiveBuffer = 0) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var connection = await RawConnection.OpenAsync(service.Address, receiveBuffer);
            await connection.SendAsync(request);
            return connection;
        }));

    private static int Length(RawConnection connection) =>
        int.Parse(connection.Text.Split("Content-Length: ")[1].Split('\r')[0]);

    /// <summary>Soon no one can connect any more.</summary>
    private static async Task ShouldBeClosedAsync(ServiceProcess service)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            try
            {
                using var another = await RawConnection.OpenAsync(service.Address);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
            {
                // It was accepted by the kernel while the service closed its socket.
            }
        }

        Assert.Fail("It goes on taking connections.");
    }
}
