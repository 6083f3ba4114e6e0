using ContactsService.Http;
using Serilog.Events;

namespace ContactsService.Server;

/// <summary>Checks the levels of the log. Serilog's own message does not name the setting, or speaks of a missing switch.</summary>
internal static class LogLevels
{
    private static readonly string[] Names = Enum.GetNames<LogEventLevel>();

    /// <summary>Refuses levels that do not exist.</summary>
    /// <exception cref="SettingsException">There is one.</exception>
    public static void Check(IConfiguration configuration)
    {
        var serilog = configuration.GetSection("Serilog");
        string[] mistakes =
        [
            .. serilog.AsEnumerable()
                .Where(setting => IsLevel(setting.Key) && setting.Value is { } value && !IsValid(serilog, value))
                .Select(setting => $"{setting.Key}: '{setting.Value}' is no level. The levels are {string.Join(", ", Names[..^1])} and "
                    + $"{Names[^1]}. The environment variable is {setting.Key.Replace(":", "__", StringComparison.Ordinal)}; "
                    + "docs/configuration.md has all settings."),
        ];
        if (mistakes.Length > 0)
        {
            throw new SettingsException(string.Join(Environment.NewLine, mistakes));
        }
    }

    private static bool IsLevel(string key) =>
        key.Equals("Serilog:MinimumLevel", StringComparison.OrdinalIgnoreCase)
        || key.Equals("Serilog:MinimumLevel:Default", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("Serilog:MinimumLevel:Override:", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("Serilog:LevelSwitches:", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith(":restrictedToMinimumLevel", StringComparison.OrdinalIgnoreCase);

    private static bool IsValid(IConfigurationSection serilog, string value) =>
        Names.Contains(value, StringComparer.OrdinalIgnoreCase) || serilog[$"LevelSwitches:{value}"] is not null;
}
