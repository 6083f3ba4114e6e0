namespace ContactsService.LocalPostgres;

/// <summary>
/// The settings that the server is started with. They are arguments, not part of the data folder, so that they match this version.
/// </summary>
internal static class ServerSettings
{
    /// <summary>The port, which is only part of the socket's name here. It is the default of Npgsql.</summary>
    public const string Port = "5432";

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "100",
        ["shared_buffers"] = "256MB",
        ["max_wal_size"] = "1GB",
        ["wal_compression"] = "on",

        // Queries take about a millisecond; compiling a plan would take fifty.
        ["jit"] = "off",

        // For a solid-state disk.
        ["random_page_cost"] = "1.1",
    };

    /// <summary>The arguments of postgres, quoted for the shell that pg_ctl passes them to.</summary>
    public static string Arguments(LocalPostgresOptions options, string cluster, string socketFolder)
    {
        var settings = new Dictionary<string, string>(Defaults, StringComparer.Ordinal);
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        // Last, so that no option overrides them: no network, and no loss of committed data.
        var durability = options.Durable ? "on" : "off";
        settings["fsync"] = durability;
        settings["full_page_writes"] = durability;
        settings["synchronous_commit"] = durability;
        settings["listen_addresses"] = "";
        settings["port"] = Port;
        settings["unix_socket_directories"] = socketFolder;
        return string.Join(' ', ["-D", Quote(cluster), .. settings.Select(setting => $"-c {Quote($"{setting.Key}={setting.Value}")}")]);
    }

    private static string Quote(string word) => $"'{word.Replace("'", """'\''""", StringComparison.Ordinal)}'";
}
