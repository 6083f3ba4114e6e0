using System.Data.Common;
using ContactsService.LocalPostgres;

namespace ContactsService.Storage;

/// <summary>The configured database or, when none is configured, a private PostgreSQL that starts and stops with the service.</summary>
internal sealed class EmbeddedDatabase : IAsyncDisposable
{
    private const string Solution = "ContactsService.sln";

    private readonly LocalServer? server;

    private EmbeddedDatabase(string connectionString, LocalServer? server)
    {
        ConnectionString = connectionString;
        this.server = server;
    }

    public string ConnectionString { get; }

    /// <summary>Uses the server of <c>ConnectionStrings:Contacts</c>, or starts one in <c>Database:DataFolder</c>.</summary>
    /// <exception cref="LocalPostgresException">No server is configured and none can be started.</exception>
    public static async Task<EmbeddedDatabase> StartIfNeededAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("Contacts") is { Length: > 0 } configured)
        {
            return new(WithPassword(configured, configuration["Database:PasswordFile"]), server: null);
        }

        var server = await LocalServer.StartAsync(
            new LocalPostgresOptions
            {
                DataFolder = configuration["Database:DataFolder"] is { Length: > 0 } folder ? folder : DefaultFolder(),
                // Not the standard output, where commands print their results.
                Log = Console.Error.WriteLine,
            },
            cancellationToken);
        return new(server.ConnectionString, server);
    }

    private static string WithPassword(string connectionString, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return connectionString;
        }

        // Only the end of the line: a password may begin or end with a blank.
        var password = File.ReadAllText(file).TrimEnd('\r', '\n');
        return new DbConnectionStringBuilder { ConnectionString = connectionString, ["Password"] = password }.ConnectionString;
    }

    /// <summary>Stops the server that was started here, unless another process uses it.</summary>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The checkout that contains this build; without one, the current folder.
    private static string DefaultFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? Environment.CurrentDirectory, ".data");
    }
}
