namespace ContactsService.LocalPostgres;

/// <summary>The operating system's account that the server runs under: ours, unless we are root, which PostgreSQL refuses.</summary>
internal sealed class Account
{
    private readonly string user;
    private readonly string group;
    private readonly string[] become;

    private Account(string name, string user, string group, string[] become)
    {
        Name = name;
        this.user = user;
        this.group = group;
        this.become = become;
    }

    /// <summary>Its name, for messages.</summary>
    public string Name { get; }

    /// <summary>True when it is not the account of this process.</summary>
    public bool IsAnother => become.Length > 0;

    /// <summary>Our own account; for root <c>postgres</c>, or <c>nobody</c> where that is missing.</summary>
    public static async Task<Account> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new Account(Environment.UserName, await Command.DemandAsync(["id", "-u"], cancellationToken), "", []);
        }

        foreach (var name in (string[])["postgres", "nobody"])
        {
            var user = await Command.RunAsync(["id", "-u", name], "/", cancellationToken);
            if (user.Code == 0)
            {
                var group = await Command.DemandAsync(["id", "-g", name], cancellationToken);
                return new Account(name, user.Output, group, Become(name, user.Output, group));
            }
        }

        throw new LocalPostgresException("PostgreSQL does not run as root, and there is no account postgres or nobody to run it under. Start the service as an ordinary user.");
    }

    /// <summary>Runs a program under this account.</summary>
    public Task<Outcome> RunAsync(IReadOnlyList<string> words, string folder, CancellationToken cancellationToken) =>
        Command.RunAsync([.. become, .. words], folder, cancellationToken);

    /// <summary>True when the account can step into a folder, that is, into all those above it.</summary>
    public async Task<bool> ReachesAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-x", folder], "/", cancellationToken)).Code == 0;

    /// <summary>Makes a new folder that nobody but this account may enter; false when something of that name is there.</summary>
    public async Task<bool> MakeFolderAsync(string folder, CancellationToken cancellationToken)
    {
        // With its mode from the first moment, and never over something that is there: in /tmp that might be somebody's trap.
        var made = await Command.RunAsync(["mkdir", "-m", "0700", folder], "/", cancellationToken);
        if (made.Code != 0)
        {
            return Path.Exists(folder) ? false : throw new LocalPostgresException(made.Output);
        }

        if (IsAnother)
        {
            await Command.DemandAsync(["chown", $"{user}:{group}", folder], cancellationToken);
        }

        return true;
    }

    /// <summary>True when this is a folder and no link to one, belongs to this account and is closed to all others.</summary>
    public async Task<bool> OwnsAloneAsync(string folder, CancellationToken cancellationToken) =>
        (await Command.RunAsync(["find", folder, "-maxdepth", "0", "-type", "d", "-user", user, "-perm", "0700"], "/", cancellationToken)).Output == folder;

    private static string[] Become(string name, string user, string group)
    {
        // setpriv first: runuser opens a PAM session, which writes to the system's log and may be refused.
        if (Programs.OnPath("setpriv") is { } setpriv)
        {
            return [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups"];
        }

        return Programs.OnPath("runuser") is { } runuser
            ? [runuser, "-u", name, "--"]
            : throw new LocalPostgresException("PostgreSQL does not run as root, and neither setpriv nor runuser is here to leave root. Install util-linux, or start the service as an ordinary user.");
    }
}
