using System.ComponentModel.DataAnnotations;

namespace ContactsService.Storage;

/// <summary>The section <c>Database</c> of the settings.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>Where the service's own PostgreSQL keeps its data; empty for <c>.data</c>.</summary>
    public string DataFolder { get; init; } = "";

    /// <summary>A file with the password of the connection string; empty for none.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>
    /// How long the server executes a statement of a request, in seconds; 0 for no limit. It ends what the service has given up but the
    /// server has not noticed.
    /// </summary>
    [Range(0, 3_600)]
    public int StatementSeconds { get; init; } = 5;

    /// <summary>How long a transaction of a request may wait for its next statement, in seconds; 0 for no limit.</summary>
    [Range(0, 3_600)]
    public int IdleTransactionSeconds { get; init; } = 10;

    /// <summary>The share of the pool that requests of one caller may have at the same time, in percent; 100 for no limit.</summary>
    [Range(1, 100)]
    public int CallerPercent { get; init; } = 25;

    /// <summary>The share of the pool that requests of one organization may have at the same time, in percent; 100 for no limit.</summary>
    [Range(1, 100)]
    public int OrganizationPercent { get; init; } = 75;

    /// <summary>How long a request waits for others of its caller and organization, in seconds; then it is refused.</summary>
    [Range(0, 60)]
    public int WaitSeconds { get; init; } = 2;
}
