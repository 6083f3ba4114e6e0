using System.Net;
using System.Net.Sockets;

namespace ContactsService.Changes.Webhooks;

/// <summary>
/// Tells the addresses of the public internet from those that lead elsewhere, such as to the service's own network. The lists are those of
/// IANA: https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] OtherIPv4 =
    [
        Network("0.0.0.0/8"), // this network, unspecified
        Network("10.0.0.0/8"), // private
        Network("100.64.0.0/10"), // behind a provider's NAT (CGNAT)
        Network("127.0.0.0/8"), // loopback
        Network("169.254.0.0/16"), // link-local, and the metadata of clouds
        Network("172.16.0.0/12"), // private
        Network("192.0.0.0/24"), // protocol assignments
        Network("192.0.2.0/24"), // documentation
        Network("192.88.99.0/24"), // relays of 6to4
        Network("192.168.0.0/16"), // private
        Network("198.18.0.0/15"), // benchmarks
        Network("198.51.100.0/24"), // documentation
        Network("203.0.113.0/24"), // documentation
        Network("224.0.0.0/4"), // multicast
        Network("240.0.0.0/4"), // reserved, broadcast
    ];

    // Everything outside of it is unspecified, loopback, mapped or compatible IPv4, NAT64, local, link-local, multicast or reserved.
    private static readonly IPNetwork GlobalUnicast = Network("2000::/3");

    private static readonly IPNetwork[] OtherGlobalUnicast =
    [
        Network("2001::/23"), // protocol assignments: Teredo, benchmarks, ORCHID
        Network("2001:db8::/32"), // documentation
        Network("2002::/16"), // 6to4
        Network("3fff::/20"), // documentation
    ];

    /// <summary>True for an address that belongs to somebody on the internet, and is not wrapped into another one.</summary>
    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(OtherIPv4, network => network.Contains(address)),
        // IPNetwork compares a mapped IPv4 address with networks of both families by other bits than those that are written.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
            && address.ScopeId == 0
            && GlobalUnicast.Contains(address)
            && !Array.Exists(OtherGlobalUnicast, network => network.Contains(address)),
        _ => false,
    };

    private static IPNetwork Network(string text) => IPNetwork.Parse(text);
}
