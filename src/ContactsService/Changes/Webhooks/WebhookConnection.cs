using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ContactsService.Changes.Webhooks;

/// <summary>Connections to receivers: to no other address than those that were checked, and through nobody else.</summary>
internal static class WebhookConnection
{
    private const int MaxAddresses = 4;
    private const int MaxResponseHeadersKilobytes = 16;
    private const int MaxResponseDrainBytes = 4 * 1024;

    private static readonly TimeSpan AddressTime = TimeSpan.FromSeconds(3);

    /// <summary>The handler of the client that calls receivers.</summary>
    public static SocketsHttpHandler Handler(WebhookOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false, // a proxy would resolve the name again
        UseCookies = false,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        MaxResponseDrainSize = MaxResponseDrainBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), // then the name is resolved and checked again
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(), // receivers are strangers
        ConnectCallback = (context, cancellationToken) =>
            ConnectAsync(context.DnsEndPoint, options.AllowPrivateAddresses, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint target, bool allowPrivateAddresses, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var addresses = found.Where(address => allowPrivateAddresses || PublicAddress.Is(address)).Take(MaxAddresses).ToArray();
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound); // nobody learns which names the own network has
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], target.Port), cancellationToken);
            }
            catch (Exception failure) when (
                failure is SocketException or OperationCanceledException
                && i + 1 < addresses.Length
                && !cancellationToken.IsCancellationRequested)
            {
                // The next address may answer.
            }
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(AddressTime);
        try
        {
            await socket.ConnectAsync(address, time.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
