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

    [Theory]
    [InlineData("OpenApi__Enable", "false", "OpenApi:Enable is no setting. OpenApi has Enabled.")]
    [InlineData("OpenApi__Enabled", "no", "OpenApi:Enabled: 'no' is neither true nor false.")]
    [InlineData(
        "ConnectionStrings__Contact",
        "Host=db;Password=secret",
        "ConnectionStrings:Contact is no setting. ConnectionStrings has Contacts.")]
    [InlineData("Database__Folder", "/data", "Database:Folder is no setting. Database has DataFolder, PasswordFile, StatementSeconds,")]
    [InlineData("Cors__Origins__0", "https://desk.example", "Cors:Origins:0 is no setting. Cors has Origins.")]
    [InlineData("Acces__TokenCacheSeconds", "1", "Acces:TokenCacheSeconds is no setting. The sections are Access, AnswerCache,")]
    [InlineData("LIMIT__BODYBYTES", "1", "LIMIT:BODYBYTES is no setting. The sections are Access, AnswerCache,")]
    [InlineData(
        "ConnectionString__Contacts",
        "Host=db;Password=secret",
        "ConnectionString:Contacts is no setting. The sections are Access,")]
    public async Task Refuses_an_environment_variable_that_is_nearly_a_setting(string name, string value, string sentence)
    {
        var (code, output, error) = await ServiceProcess.RunAsync([], new(StringComparer.Ordinal) { [name] = value });

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--OpenApi:Enable", "OpenApi:Enable is no setting. OpenApi has Enabled.")]
    [InlineData("--Acces:TokenCacheSeconds", "Acces:TokenCacheSeconds is no setting. The sections are Access,")]
    [InlineData("--Log:Level", "Log:Level is no setting. The sections are Access,")]
    [InlineData("--Limits", "Limits is no setting. The sections are Access,")]
    [InlineData("--url", "url is no setting. The sections are Access,")]
    public async Task Refuses_an_argument_that_nothing_reads(string name, string sentence)
    {
        var (code, output, error) = await ServiceProcess.RunAsync([name, "false"], Nowhere());

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://localhost:abc", "ASPNETCORE_URLS (or --urls): 'http://localhost:abc' has no port from 0 to")]
    [InlineData("URLS", "http://127.0.0.1:99999", "ASPNETCORE_URLS (or --urls): 'http://127.0.0.1:99999' has no port from 0 to 65535.")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;http://[::1]:x", "ASPNETCORE_URLS (or --urls): 'http://[::1]:x' has no port from")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:", "ASPNETCORE_URLS (or --urls): 'http://localhost:' has no port from 0 to 65535.")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:-1", "ASPNETCORE_URLS (or --urls): 'http://localhost:-1' has no port from 0 to")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "80a", "ASPNETCORE_HTTP_PORTS: '80a' is no port from 0 to 65535.")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://*:70000", "Kestrel:Endpoints:Http:Url: 'http://*:70000' has no port from 0 to")]
    public async Task Refuses_an_address_without_a_port_that_exists(string name, string value, string sentence)
    {
        var (code, output, error) = await ServiceProcess.RunAsync([], new(Nowhere(), StringComparer.Ordinal) { [name] = value });

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_argument_with_an_address_without_a_port_that_exists()
    {
        var (code, output, error) = await ServiceProcess.RunAsync(["--urls", "http://localhost:65536"], Nowhere());

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(
            "ASPNETCORE_URLS (or --urls): 'http://localhost:65536' has no port from 0 to 65535.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Serilog__MinimumLevel__Default", "Serilog:MinimumLevel:Default: 'Loud' is no level. ")]
    [InlineData("Serilog__MinimumLevel", "Serilog:MinimumLevel: 'Loud' is no level. ")]
    [InlineData("Serilog__MinimumLevel__Override__Microsoft", "Serilog:MinimumLevel:Override:Microsoft: 'Loud' is no level. ")]
    [InlineData("Serilog__LevelSwitches__$all", "Serilog:LevelSwitches:$all: 'Loud' is no level. ")]
    [InlineData(
        "Serilog__WriteTo__0__Args__restrictedToMinimumLevel",
        "Serilog:WriteTo:0:Args:restrictedToMinimumLevel: 'Loud' is no level. ")]
    public async Task Names_the_levels_of_the_log_when_one_is_wrong(string name, string sentence)
    {
        var (code, output, error) = await ServiceProcess.RunAsync([], new(Nowhere(), StringComparer.Ordinal) { [name] = "Loud" });

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(
            sentence + "The levels are Verbose, Debug, Information, Warning, Error and Fatal.", error, StringComparison.Ordinal);
        Assert.Contains($"The environment variable is {name};", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_name_of_a_level_switch_for_a_level()
    {
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync(),
            ["Serilog__LevelSwitches__$quiet"] = "warning",
            ["Serilog__MinimumLevel__Override__Microsoft"] = "$quiet",
        });

        Assert.False(service.HasExited);
    }

    [Fact]
    public async Task Refuses_a_misspelt_setting_also_for_the_token_command()
    {
        var (code, output, error) = await ServiceProcess.RunAsync(
            ["token", "list", "--organization", "acme"], new(StringComparer.Ordinal) { ["ConnectionString__Contacts"] = Away });

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("ConnectionString:Contacts is no setting.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_with_settings_of_the_platform_and_variables_of_other_programs()
    {
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync(),
                ["AllowedHosts"] = "*",
                ["Kestrel__Limits__MaxConcurrentConnections"] = "100",
                ["Logging__LogLevel__Default"] = "Warning",
                ["DOTNET_gcServer"] = "0",
                ["Billing__Url"] = "https://billing.example",
                ["LIMIT"] = "1",
                ["ACCESS"] = "1",
            });

        Assert.False(service.HasExited);
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

    private static Dictionary<string, string?> Nowhere() =>
        new(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Contacts"] = Away };
}
