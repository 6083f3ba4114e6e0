using System.Globalization;

namespace ContactsService.LocalPostgres;

/// <summary>The programs of one installed PostgreSQL server.</summary>
internal sealed class Programs
{
    private const string Advice =
        "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17), "
        + "or name a server in ConnectionStrings__Contacts, or use docker compose up.";

    // A star stands for the version, and only in one part of the path.
    private static readonly string[] UsualFolders =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/usr/local/pgsql/bin",
    ];

    private readonly string folder;
    private readonly int major;

    private Programs(string folder, int major)
    {
        this.folder = folder;
        this.major = major;
    }

    /// <summary>Where initdb lies.</summary>
    public string Initdb => Path.Combine(folder, "initdb");

    /// <summary>Where pg_ctl lies.</summary>
    public string PgCtl => Path.Combine(folder, "pg_ctl");

    /// <summary>The programs of the major version that a cluster was made with; the newest when there is no cluster yet.</summary>
    public static async Task<Programs> FindAsync(IReadOnlyList<string>? folders, int? wanted, CancellationToken cancellationToken)
    {
        List<Programs> found = [];
        foreach (var folder in folders?.SelectMany(Expand) ?? [.. UsualFolders.SelectMany(Expand), .. FolderOnPath()])
        {
            if (await MajorAsync(folder, cancellationToken) is { } major)
            {
                found.Add(new Programs(folder, major));
            }
        }

        if (found.Count == 0)
        {
            throw new LocalPostgresException($"No PostgreSQL server is installed, and no connection string is set. {Advice}");
        }

        return wanted is null
            ? found.MaxBy(programs => programs.major)!
            : found.Find(programs => programs.major == wanted)
              ?? throw new LocalPostgresException(
                  $"The data was made by PostgreSQL {wanted}; installed is {string.Join(", ", found.Select(programs => programs.major).Distinct())}. "
                  + $"Install PostgreSQL {wanted} (Debian: apt-get install postgresql-{wanted}; macOS: brew install postgresql@{wanted}), or move the data with pg_upgrade.");
    }

    /// <summary>A program found by PATH, links followed to where its siblings lie; null when there is none.</summary>
    public static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists) is { } program
            ? File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program
            : null;

    private static IEnumerable<string> FolderOnPath() => OnPath("pg_ctl") is { } program ? [Path.GetDirectoryName(program)!] : [];

    private static IEnumerable<string> Expand(string folder)
    {
        var parts = folder.Split('/');
        var at = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        if (at < 0)
        {
            return [folder];
        }

        var above = string.Join('/', parts[..at]);
        return Directory.Exists(above)
            ? Directory.GetDirectories(above, parts[at]).Select(found => string.Join('/', [found, .. parts[(at + 1)..]]))
            : [];
    }

    /// <summary>The major version in a folder; null when a program is missing, as where only the client is installed.</summary>
    private static async Task<int?> MajorAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Array.TrueForAll(["initdb", "pg_ctl", "postgres"], name => File.Exists(Path.Combine(folder, name))))
        {
            return null;
        }

        // "postgres (PostgreSQL) 17.5 (Debian 17.5-1)", "postgres (PostgreSQL) 18beta1"
        var said = (await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], "/", cancellationToken)).Output;
        var digits = said.Split(' ').ElementAtOrDefault(2)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
