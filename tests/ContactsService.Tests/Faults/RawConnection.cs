using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactsService.Tests.Faults;

/// <summary>A connection on which everything can be sent, also what is no HTTP.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket;
    private readonly MemoryStream received = new();

    private RawConnection(Socket socket) => this.socket = socket;

    /// <summary>Everything that has arrived, byte by byte as a character.</summary>
    public string Text => Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);

    /// <summary>The status of the first answer; null when there is none.</summary>
    public int? Status => Text is ['H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', .. { Length: >= 3 } rest] ? int.Parse(rest[..3]) : null;

    public static async Task<RawConnection> OpenAsync(string address, int receiveBuffer = 0)
    {
        var uri = new Uri(address);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, uri.Port);
            return new(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Says that no more is sent.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection off (RST), as a process does that is killed with data unread.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Reads what comes within this time.</summary>
    /// <returns>False when the other end has closed the connection.</returns>
    public async Task<bool> ReadAsync(TimeSpan time, int most = 64 * 1024)
    {
        using var timeout = new CancellationTokenSource(time);
        try
        {
            var buffer = new byte[most];
            var count = await socket.ReceiveAsync(buffer, timeout.Token);
            received.Write(buffer, 0, count);
            return count > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            WasReset = true;
            return false;
        }
    }

    /// <summary>True when the connection did not end in peace.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Reads to the end of the connection.</summary>
    /// <returns>False when it did not end in time.</returns>
    public async Task<bool> ReadToEndAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            if (!await ReadAsync(time - watch.Elapsed))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        socket.Dispose();
        received.Dispose();
    }
}
