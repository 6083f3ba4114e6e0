namespace ContactsService.LocalPostgres;

/// <summary>
/// The operating system account that the server runs under: the current one, or another one for root, under which PostgreSQL does not run.
/// </summary>
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

    public string Name { get; }

    /// <summary>True when it is not the account of this process.</summary>
    public bool IsOther => become.Length > 0;

    /// <summary>Returns the account of this process; for root <c>postgres</c>, or <c>nobody</c> when that does not exist.</summary>
    public static async Task<Account> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new Account(Environment.UserName, await Command.RequireAsync(["id", "-u"], cancellationToken), "", []);
        }

        foreach (var name in (string[])["postgres", "nobody"])
        {
            var user = await Command.RunAsync(["id", "-u", name], "/", cancellationToken);
            if (user.Code == 0)
            {
                var group = await Command.RequireAsync(["id", "-g", name], cancellationToken);
                return new Account(name, user.Output, group, Become(name, user.Output, group));
            }
        }

        throw new LocalPostgresException(
            "PostgreSQL does not run as root, and there is no account postgres or nobody to run it under. "
            + "Start the service as an ordinary user.");
    }

    /// <summary>Runs a program under this account.</summary>
    public Task<Outcome> RunAsync(IReadOnlyList<string> words, string folder, CancellationToken cancellationToken) =>
        Command.RunAsync([.. become, .. words], folder, cancellationToken);

    /// <summary>True when the account may enter a folder and all folders above it.</summary>
    public async Task<bool> ReachesAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync(["test", "-x", folder], "/", cancellationToken)).Code == 0;

    /// <summary>Creates a folder that only this account may enter; false when the path exists already.</summary>
    public async Task<bool> MakeFolderAsync(string folder, CancellationToken cancellationToken)
    {
        // The mode is set at creation, and an existing path is never reused: in /tmp another user may have prepared it.
        var made = await Command.RunAsync(["mkdir", "-m", "0700", folder], "/", cancellationToken);
        if (made.Code != 0)
        {
            return Path.Exists(folder) ? false : throw new LocalPostgresException(made.Output);
        }

        if (IsOther)
        {
            await Command.RequireAsync(["chown", $"{user}:{group}", folder], cancellationToken);
        }

        return true;
    }

    /// <summary>True when the path is a folder, not a link, that belongs to this account and has mode 0700.</summary>
    public async Task<bool> OwnsAloneAsync(string folder, CancellationToken cancellationToken) =>
        (await Command.RunAsync(["find", folder, "-maxdepth", "0", "-type", "d", "-user", user, "-perm", "0700"], "/", cancellationToken))
            .Output == folder;

    private static string[] Become(string name, string user, string group)
    {
        // setpriv is preferred: runuser opens a PAM session, which writes to the system log and may be refused.
        if (Programs.OnPath("setpriv") is { } setpriv)
        {
            return [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups"];
        }

        return Programs.OnPath("runuser") is { } runuser
            ? [runuser, "-u", name, "--"]
                : throw new LocalPostgresException(
                    "PostgreSQL does not run as root, and neither setpriv nor runuser is installed. "
                    + "Install util-linux, or start the service as an ordinary user.");
    }
}
