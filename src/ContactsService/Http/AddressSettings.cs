using System.Globalization;

namespace ContactsService.Http;

/// <summary>
/// Checks where the service is to listen. Kestrel takes a port that is no number for a part of the host, and listens on port 80 of all
/// addresses.
/// </summary>
internal static class AddressSettings
{
    private const int MaxPort = 65_535;

    private const string Advice = "Such as http://localhost:8080; several addresses are separated by semicolons.";

    /// <summary>Refuses addresses without a port that exists.</summary>
    /// <exception cref="SettingsException">There is such an address.</exception>
    /// <exception cref="FormatException">An address has no scheme.</exception>
    public static void Check(IConfiguration configuration)
    {
        CheckUrls("ASPNETCORE_URLS (or --urls)", configuration["urls"]);
        CheckPorts("ASPNETCORE_HTTP_PORTS", configuration["http_ports"]);
        CheckPorts("ASPNETCORE_HTTPS_PORTS", configuration["https_ports"]);
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            CheckUrls($"{endpoint.Path}:Url", endpoint["Url"]);
        }
    }

    private static void CheckUrls(string setting, string? urls)
    {
        if (Array.Find(Split(urls), url => !HasPort(BindingAddress.Parse(url))) is { } wrong)
        {
            throw new SettingsException($"{setting}: '{wrong}' has no port from 0 to {MaxPort}. {Advice}");
        }
    }

    private static void CheckPorts(string setting, string? ports)
    {
        if (Array.Find(Split(ports), port => !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } wrong)
        {
            throw new SettingsException($"{setting}: '{wrong}' is no port from 0 to {MaxPort}. Several are separated by semicolons.");
        }
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // What cannot be read as a port has stayed in the host; an IPv6 address has brackets.
    private static bool HasPort(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || (address.Port is >= 0 and <= MaxPort
            && (address.Host.StartsWith('[') ? address.Host.EndsWith(']') : !address.Host.Contains(':', StringComparison.Ordinal)));
}
