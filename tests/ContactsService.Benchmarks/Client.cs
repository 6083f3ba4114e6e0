using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ContactsService.Benchmarks;

/// <summary>One keep-alive connection that asks as fast as it is answered: cheap, so that it is not what is measured.</summary>
internal sealed class Client(Uri address) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;

    /// <summary>Asks until the time is over.</summary>
    /// <returns>The time of each request, in milliseconds.</returns>
    public async Task<List<double>> RunAsync(Func<int, byte[]> request, TimeSpan time)
    {
        var times = new List<double>();
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            var begin = Stopwatch.GetTimestamp();
            await AskAsync(request(times.Count));
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return times;
    }

    public void Dispose() => socket?.Dispose();

    private async Task AskAsync(byte[] request)
    {
        if (socket is null)
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
        }

        await socket.SendAsync(request);
        var read = 0;
        int head;
        while ((head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8)) < 0)
        {
            read += await ReceiveAsync(buffer.AsMemory(read));
        }

        var headers = Encoding.ASCII.GetString(buffer, 0, head);
        if (!headers.StartsWith("HTTP/1.1 20", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{headers} {Encoding.UTF8.GetString(buffer, head, read - head)}");
        }

        const string Length = "Content-Length: ";
        var at = headers.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            await ReadChunksAsync(head + 4, read);
            return;
        }

        var digits = headers.AsSpan(at + Length.Length);
        var length = int.Parse(digits[..(digits.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : digits.Length)]);
        for (var left = length - (read - head - 4); left > 0;)
        {
            left -= await ReceiveAsync(buffer);
        }
    }

    // RFC 9112, 7.1: the last chunk is "0". What is sent in chunks here is JSON, which never ends in it.
    private async Task ReadChunksAsync(int from, int to)
    {
        while (!buffer.AsSpan(from, to - from).EndsWith("\r\n0\r\n\r\n"u8))
        {
            if (to > buffer.Length / 2)
            {
                var tail = buffer.AsSpan(to - 7, 7);
                tail.CopyTo(buffer);
                (from, to) = (0, 7);
            }

            to += await ReceiveAsync(buffer.AsMemory(to));
        }
    }

    private async Task<int> ReceiveAsync(Memory<byte> into) =>
        await socket!.ReceiveAsync(into) is > 0 and var count ? count : throw new InvalidOperationException("The connection was closed.");
}
