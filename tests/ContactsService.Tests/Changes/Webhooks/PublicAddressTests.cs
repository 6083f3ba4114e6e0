using System.Net;
using ContactsService.Changes.Webhooks;

namespace ContactsService.Tests.Changes.Webhooks;

public class PublicAddressTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450:4001:81b::200e")]
    public void Takes_addresses_of_the_internet(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.0")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::8.8.8.8")] // compatible IPv4
    [InlineData("::ffff:127.0.0.1")] // mapped IPv4
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:32.0.0.1")] // begins like 2000::/3, as IPv4
    [InlineData("::ffff:0:8.8.8.8")] // translated IPv4
    [InlineData("64:ff9b::10.0.0.1")] // NAT64
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::10.0.0.1")] // NAT64 for local use
    [InlineData("100::1")] // discard
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:2::1")] // benchmarks
    [InlineData("2001:10::1")] // ORCHID
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")] // documentation
    [InlineData("3fff::1")]
    [InlineData("2002:a00:1::1")] // 6to4 of 10.0.0.1
    [InlineData("2002:808:808::1")]
    [InlineData("4000::1")] // not assigned
    [InlineData("5f00::1")] // segment routing
    [InlineData("fc00::1")] // unique local
    [InlineData("fd12:3456:789a::1")]
    [InlineData("fe80::1")] // link-local
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")] // site-local
    [InlineData("ff02::1")] // multicast
    public void Refuses_all_others(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));
}
