namespace ContactsService.LocalPostgres;

/// <summary>The settings that a server is started with. They come with the start, not from the data folder, so that they are this version's.</summary>
internal static class ServerSettings
{
    /// <summary>The port, which is only part of the socket's name here; the one that Npgsql takes when none is said.</summary>
    public const string Port = "5432";

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "100",
        ["shared_buffers"] = "256MB",
        ["max_wal_size"] = "1GB",
        ["wal_compression"] = "on",

        // A contact is found in a millisecond; compiling the plan would take fifty.
        ["jit"] = "off",

        // A disk without moving parts.
        ["random_page_cost"] = "1.1",
    };

    /// <summary>The options of postgres, quoted for the shell that pg_ctl hands them to.</summary>
    public static string Words(LocalPostgresOptions options, string cluster, string socketFolder)
    {
        var settings = new Dictionary<string, string>(Defaults, StringComparer.Ordinal);
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        // Last, since they are not for anybody to change: no network, and no loss of what was committed.
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
