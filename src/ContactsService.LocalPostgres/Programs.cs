using System.Globalization;

namespace ContactsService.LocalPostgres;

/// <summary>The programs of an installed PostgreSQL server.</summary>
internal sealed class Programs
{
    private const string Advice =
        "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17), "
        + "or set ConnectionStrings__Contacts to a server, or use docker compose up.";

    // The star stands for the version. It may occur in one part of the path.
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

    public string Initdb => Path.Combine(folder, "initdb");

    public string PgCtl => Path.Combine(folder, "pg_ctl");

    /// <summary>Returns the programs of the major version that created a cluster; the newest ones when there is no cluster yet.</summary>
    public static async Task<Programs> FindAsync(IReadOnlyList<string>? folders, int? requiredMajor, CancellationToken cancellationToken)
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

        return requiredMajor is null
            ? found.MaxBy(programs => programs.major)!
            : found.Find(programs => programs.major == requiredMajor)
              ?? throw new LocalPostgresException(
                  $"PostgreSQL {requiredMajor} created the data, but the installed version is "
                  + $"{string.Join(", ", found.Select(programs => programs.major).Distinct())}. "
                  + $"Install PostgreSQL {requiredMajor} (Debian: apt-get install postgresql-{requiredMajor}; "
                  + $"macOS: brew install postgresql@{requiredMajor}), or move the data with pg_upgrade.");
    }

    /// <summary>The path of a program on PATH, with links resolved so that its siblings are beside it; null when there is none.</summary>
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

    /// <summary>The major version in a folder; null when a program is missing, as in an installation of the client only.</summary>
    private static async Task<int?> MajorAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Array.TrueForAll(["initdb", "pg_ctl", "postgres"], name => File.Exists(Path.Combine(folder, name))))
        {
            return null;
        }

        // "postgres (PostgreSQL) 17.5 (Debian 17.5-1)", "postgres (PostgreSQL) 18beta1"
        var output = (await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], "/", cancellationToken)).Output;
        var digits = output.Split(' ').ElementAtOrDefault(2)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
