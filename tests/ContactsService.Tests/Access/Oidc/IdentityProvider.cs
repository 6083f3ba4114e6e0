using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Access.Oidc;

/// <summary>A real OpenID provider (oidc-provider of npm), and a service that takes its access tokens.</summary>
public sealed class IdentityProvider : IAsyncLifetime
{
    private static readonly NodeProject Project = new(Path.Combine("Access", "Oidc"));

    private readonly HttpClient http = new();
    private Process provider = null!;
    private ServiceProcess service = null!;

    public string Issuer { get; private set; } = null!;

    public string Address => service.Address;

    public string Log => service.Output;

    public string Connection { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Project.InstallAsync();
        (provider, Issuer) = await StartAsync();
        Connection = await TestDatabase.CreateAsync();
        service = await ServiceProcess.StartAsync(Settings(Connection));
    }

    /// <summary>The settings of a service with this issuer.</summary>
    public Dictionary<string, string?> Settings(string connection) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Contacts"] = connection,
        ["Limits__AnswerSeconds"] = "30", // the first OpenAPI document takes long on a busy machine
        ["Oidc__Issuers__0__Issuer"] = Issuer,
        ["Oidc__Issuers__0__Audiences"] = "urn:other,urn:contacts",
        ["Oidc__Issuers__0__OrganizationClaim"] = "org",
        ["Oidc__Issuers__0__Organizations"] = "acme,globex",
        ["Oidc__Issuers__0__UserClaim"] = "user",
        ["Oidc__Issuers__0__RoleClaim"] = "realm.roles",
        ["Oidc__Issuers__0__AdminRoles"] = "boss",
        ["Oidc__Issuers__0__AgentRoles"] = "agent,desk",
        ["Oidc__Issuers__0__ClockSkewSeconds"] = "5",
        ["Oidc__Issuers__0__KeyRefreshSeconds"] = "2",
        ["Oidc__Issuers__0__ClientId"] = "swagger",
    };

    /// <summary>An access token as the provider issues it to a client.</summary>
    public async Task<string> IssueAsync(string parameters = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("service:secret"u8));
        request.Content = new StringContent(
            $"grant_type=client_credentials{parameters}", null, "application/x-www-form-urlencoded");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return JsonNode.Parse(text)!["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException(text);
    }

    /// <summary>A token that no honest provider issues: with these members of the header and claims, signed by whom.</summary>
    public async Task<string> ForgeAsync(object? header = null, object? claims = null, string by = "provider") =>
        (await ControlAsync("forge", new { header = header ?? new { }, claims = claims ?? new { }, by }))["token"]!.GetValue<string>();

    /// <summary>Replaces the key of the provider.</summary>
    public Task RotateAsync() => ControlAsync("rotate", new { });

    /// <summary>How often its keys have been read.</summary>
    public async Task<int> CountKeyRequestsAsync() => (await ControlAsync("requests", new { }))["keys"]!.GetValue<int>();

    /// <summary>Asks the service with a token.</summary>
    public async Task<Reply> AskAsync(string token, string path = "/api/v2/me")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address + path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await Reply.OfAsync(await http.SendAsync(request));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
        provider.StandardInput.Close();
        await provider.WaitForExitAsync();
        provider.Dispose();
    }

    private async Task<JsonNode> ControlAsync(string action, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body));
        using var response = await http.PostAsync(new Uri($"{Issuer}/test/{action}"), content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<(Process Provider, string Issuer)> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("node", ["provider.mjs"])
        {
            WorkingDirectory = Project.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("http://", StringComparison.Ordinal))
            {
                return (process, line);
            }
        }

        throw new InvalidOperationException("The identity provider did not start.");
    }
}
