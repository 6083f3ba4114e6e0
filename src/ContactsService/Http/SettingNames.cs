using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace ContactsService.Http;

/// <summary>
/// Finds settings outside of the sections that the service reads: .NET would pass over a misspelt one, and the service would run without
/// it.
/// </summary>
internal static class SettingNames
{
    private static readonly string[] Sections =
        ["Access", "AnswerCache", "Changes", "ConnectionStrings", "Cors", "Database", "Genesys", "Limits", "Oidc",
        "OpenApi", "Webex", "Webhooks"];

    // Of ASP.NET Core, the generic host and Serilog: names of settings and of sections.
    private static readonly string[] PlatformNames =
    [
        "AllowedHosts", "applicationName", "captureStartupErrors", "contentRoot", "detailedErrors", "environment",
        "forwardedHeaders_enabled", "hostBuilder", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "http_ports",
        "https_ports", "Kestrel", "Logging", "preferHostingUrls", "preventHostingStartup", "Serilog", "shutdownTimeoutSeconds",
        "suppressStatusMessages", "urls", "webroot",
    ];

    private static readonly string[] PlatformPrefixes = ["ASPNETCORE_", "DOTNET_", "OTEL_"];

    /// <summary>Refuses names that nothing reads.</summary>
    /// <exception cref="SettingsException">There is such a name.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        string[] mistakes =
        [
            .. configuration.Providers.SelectMany(Mistakes).Distinct(StringComparer.OrdinalIgnoreCase),
            .. Settings.UnknownNames(configuration, "ConnectionStrings", ["Contacts"]),
        ];
        if (mistakes.Length > 0)
        {
            throw new SettingsException(string.Join(Environment.NewLine, mistakes));
        }
    }

    // Arguments and files are written for this service. The environment has variables of other programs: only what is nearly the name of
    // a section was meant for it.
    private static IEnumerable<string> Mistakes(IConfigurationProvider provider) => Names(provider, parent: null)
        .Where(name => provider is EnvironmentVariablesConfigurationProvider ? IsMisspelt(name) : !IsKnown(name))
        .Select(name => $"{name} is no setting. The sections are {string.Join(", ", Sections)}; docs/configuration.md has all settings.");

    private static IEnumerable<string> Names(IConfigurationProvider provider, string? parent)
    {
        foreach (var key in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var name = parent is null ? key : ConfigurationPath.Combine(parent, key);
            if (provider.TryGet(name, out var value) && value is not null)
            {
                yield return name;
            }

            foreach (var inner in Names(provider, name))
            {
                yield return inner;
            }
        }
    }

    private static bool IsKnown(string name) =>
        Array.Exists(Sections, section => name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
        || PlatformNames.Contains(First(name), StringComparer.OrdinalIgnoreCase)
        || Array.Exists(PlatformPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsMisspelt(string name) =>
        name.Contains(':', StringComparison.Ordinal) && !IsKnown(name) && Array.Exists(Sections, section => IsNear(First(name), section));

    private static string First(string name) => name.Split(':')[0];

    // In a short name, two other letters make another word: Docs is not Cors.
    private static bool IsNear(string name, string section) =>
        Distance(name.ToUpperInvariant(), section.ToUpperInvariant()) <= (section.Length > 5 ? 2 : 1);

    /// <summary>How many letters are missing, too many or others (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
