using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ContactsService.Http;

/// <summary>The addresses that the service listens on, once it has started.</summary>
internal sealed class ListeningAddresses(IServer server)
{
    private bool? areLoopback;

    /// <summary>The addresses as they were bound, such as <c>http://localhost:8080</c>.</summary>
    public IReadOnlyCollection<string> All => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>True when no other machine can connect; false while the addresses are unknown.</summary>
    public bool AreLoopback => areLoopback ??= All.Count > 0 && All.All(address => IsLoopback(BindingAddress.Parse(address).Host));

    /// <summary>True for <c>localhost</c> and the addresses of the loopback interface.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
