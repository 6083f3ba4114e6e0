using System.Net;
using System.Net.Sockets;

namespace ContactsService.Tests.Server;

[Trait("Speed", "Slow")]
public class StartTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=contacts;Database=contacts";

    [Theory]
    [InlineData("Limits__AnswerSeconds", "0", "Limits:AnswerSeconds: '0' is not a whole number from 1 to 3600.")]
    [InlineData("Limits__BodyBytes", "256k", "Limits:BodyBytes: '256k' is not a whole number from 1 to 67108864.")]
    [InlineData("Limits__DrainSeconds", "-1", "Limits:DrainSeconds: '-1' is not a whole number from 0 to 3600.")]
    [InlineData("Limits__AnswerSecond", "4", "Limits:AnswerSecond is no setting. Limits has BodyBytes, BodySeconds, AnswerSeconds,")]
    [InlineData("Access__TokenCacheSeconds", "61", "Access:TokenCacheSeconds: '61' is not a whole number from 0 to 60.")]
    [InlineData("Access__DevelopmentAdmin", "yes", "Access:DevelopmentAdmin: 'yes' is neither true nor false.")]
    [InlineData("Genesys__CsrfKey", "short", "Genesys:CsrfKey: It is empty, or has 32 characters or more.")]
    [InlineData("Webhooks__RetrySeconds", "5,0", "Webhooks:RetrySeconds: It is a list of 1 to 100 whole numbers of seconds")]
    [InlineData("Webhooks__RetrySeconds", "", "Webhooks:RetrySeconds: It is a list of 1 to 100 whole numbers of seconds")]
    [InlineData("Webhooks__AllowPrivateAddresses", "yes", "Webhooks:AllowPrivateAddresses: 'yes' is neither true nor false.")]
    [InlineData("Webex__Prefix", "contact/api", "Webex:Prefix: It is a path of letters, digits and - . _ ~ that begins with a slash,")]
    [InlineData("Cors__Origins", "https://desk.example/", "Cors:Origins: It is *, or origins separated by commas,")]
    [InlineData("ConnectionStrings__Contacts", "Server=db;Colour=red", "ConnectionStrings:Contacts: ")]
    [InlineData("ConnectionStrings__Contacts", "postgres://ann:secret@db/contacts", "ConnectionStrings:Contacts: ")]
    [InlineData("ConnectionStrings__Contacts", "Host=db;Port=99999", "ConnectionStrings:Contacts: Port is a number from 1 to 65535.")]
    [InlineData(
        "ConnectionStrings__Contacts",
        "Host=db;Maximum Pool Size=0",
        "ConnectionStrings:Contacts: Maximum Pool Size is a number from 1 to 1000")]
    [InlineData("ASPNETCORE_URLS", "localhost:foo", "Invalid url: 'localhost:foo'. ASPNETCORE_URLS has the addresses,")]
    public async Task Names_a_setting_that_it_cannot_start_with_and_what_it_may_be(string name, string value, string sentence)
    {
        var (code, output, error) = await ServiceProcess.RunAsync([], new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__Contacts"] = Away,
            [name] = value,
        });

        Assert.Equal(1, code);
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_to_take_another_port_when_its_own_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var (code, output, error) = await ServiceProcess.RunAsync([], new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__Contacts"] = Away,
            ["ASPNETCORE_URLS"] = address,
        });

        Assert.Equal(1, code);
        Assert.StartsWith(
            $"Failed to bind to address {address}: address already in use. Another program listens there", error, StringComparison.Ordinal);
        Assert.Contains("PORT=8081 scripts/run", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }
}
