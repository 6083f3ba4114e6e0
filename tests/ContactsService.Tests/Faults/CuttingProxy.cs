using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ContactsService.Tests.Faults;

/// <summary>
/// Stands between a service and its database, and cuts a connection at a certain step of what is said: before the server gets an order
/// to execute something, before the service gets the end of an answer, and after it.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const string Orders = "EQ"; // Execute, Query
    private const byte ReadyForQuery = (byte)'Z';

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string server;
    private readonly Task accepting;
    private int stepsLeft = int.MaxValue;

    /// <param name="server">The path of the server's Unix socket.</param>
    public CuttingProxy(string server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>True when the step was reached since <see cref="CutAt"/>.</summary>
    public bool HasCut => Volatile.Read(ref stepsLeft) <= 0;

    /// <summary>Cuts at the n-th step from now on, once.</summary>
    public void CutAt(int step) => Volatile.Write(ref stepsLeft, step);

    /// <summary>Cuts no more.</summary>
    public void Spare() => CutAt(int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        client.NoDelay = true;
        using var backend = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await backend.ConnectAsync(new UnixDomainSocketEndPoint(server));
                // The start-up message has no type.
                await Task.WhenAny(
                    RelayAsync(
                        client, backend, hasStarted: false, type => Orders.Contains((char)type, StringComparison.Ordinal), _ => false),
                    RelayAsync(backend, client, hasStarted: true, type => type == ReadyForQuery, type => type == ReadyForQuery));
            }
            catch (SocketException)
            {
                // The service sees a connection that ends.
            }
        }
    }

    // Returns when the connection has ended or is to be cut.
    private async Task RelayAsync(Socket from, Socket to, bool hasStarted, Func<byte, bool> isStepBefore, Func<byte, bool> isStepAfter)
    {
        await using var input = new BufferedStream(new NetworkStream(from), 64 * 1024);
        try
        {
            while (true)
            {
                var header = new byte[hasStarted ? 5 : 4];
                await input.ReadExactlyAsync(header);
                var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(header.Length - 4));
                var message = new byte[header.Length - 4 + length];
                header.CopyTo(message, 0);
                await input.ReadExactlyAsync(message.AsMemory(header.Length));
                var type = hasStarted ? message[0] : default;
                if (isStepBefore(type) && IsCut())
                {
                    return;
                }

                await to.SendAsync(message);
                if (isStepAfter(type) && IsCut())
                {
                    return;
                }

                hasStarted = true;
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // One of both has closed it.
        }
    }

    private bool IsCut() => Interlocked.Decrement(ref stepsLeft) == 0;
}
