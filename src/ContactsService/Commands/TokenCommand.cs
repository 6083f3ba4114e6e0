using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Commands;

/// <summary><c>token</c>: issues, lists and revokes tokens. Without a further word it issues one and prints just it.</summary>
internal static class TokenCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage = """
        token [issue] --organization <id> --user <id> --role agent|admin [--scopes <a,b>] [--name <text>] [--days <1 to 3650>]
               token list    --organization <id>
               token revoke  --organization <id> --id <token id, as listed>
        """;

    private const string Help = $"""
        Issues, lists and revokes tokens of the HTTP API. It needs no token, only the database of the service
        (ConnectionStrings__Contacts, or the service's own PostgreSQL).

        Usage: {Usage}

        issue    prints the token, once and nowhere else. --days is 30 when left out, --scopes everything that the role may.
        list     prints a line for each token, oldest first: id, user, role, end, last use, name. Never the token itself.
        revoke   ends a token, on all running instances of the service at once.

        Exit code: 0 done, 1 the database is away or there is no such token, 2 wrong arguments.
        """;

    /// <summary>True when the program was started for this.</summary>
    public static bool IsAsked(string[] args) => args is ["token", ..];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, 1 when the database is away or has no such token, or 2 when the arguments are wrong.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Intersect(["-h", "--help", "-?"], StringComparer.Ordinal).Any())
        {
            await Console.Out.WriteLineAsync(Help);
            return 0;
        }

        try
        {
            return args switch
            {
                ["token", "list", .. var rest] => await ListAsync(CommandArguments.Read(rest, ["organization"], []), cancellationToken),
                ["token", "revoke", .. var rest] =>
                    await RevokeAsync(CommandArguments.Read(rest, ["organization", "id"], []), cancellationToken),
                ["token", "issue", ..] => await IssueAsync(ReadIssue(args[2..]), cancellationToken),
                _ => await IssueAsync(ReadIssue(args[1..]), cancellationToken),
            };
        }
        catch (Exception lost) when (DatabaseFailure.IsUnavailable(lost))
        {
            await Console.Error.WriteLineAsync($"The database is away: {lost.Message}");
            return 1;
        }
        catch (ProblemException refused)
        {
            foreach (var (member, sentences) in refused.Errors)
            {
                var argument = char.IsLetter(member[0]) ? $"--{member}" : member; // the token's own rules name its members
                await Console.Error.WriteLineAsync($"{argument}: {string.Join(' ', sentences)}");
            }

            await Console.Error.WriteLineAsync($"Usage: {Usage}");
            return 2;
        }
    }

    private static CommandArguments ReadIssue(string[] args) =>
        CommandArguments.Read(args, ["organization", "user", "role"], ["scopes", "name", "days"]);

    private static Task<int> IssueAsync(CommandArguments arguments, CancellationToken cancellationToken) => WithTokensAsync(async tokens =>
    {
        var draft = new TokenDraft
        {
            User = arguments["user"],
            Role = arguments["role"],
            Scopes = arguments["scopes"]?.Split(','),
            Name = arguments["name"],
            Days = arguments.Number("days"),
        };
        var (_, secret) = await tokens.IssueAsync(arguments["organization"]!, issuer: null, draft, cancellationToken);
        await Console.Out.WriteLineAsync(secret);
        return 0;
    }, cancellationToken);

    private static Task<int> ListAsync(CommandArguments arguments, CancellationToken cancellationToken) => WithTokensAsync(async tokens =>
    {
        var organization = arguments["organization"]!;
        var all = await tokens.ListAsync(organization, user: null, cancellationToken);
        foreach (var token in all)
        {
            var end = $"ends {Timestamps.Text(token.Expires)}";
            var lastUse = token.LastUsed is { } used ? $"used {Timestamps.Text(used)}" : "never used";
            await Console.Out.WriteLineAsync($"{token.TokenId}\t{token.UserId}\t{token.Role}\t{end}\t{lastUse}\t{token.Name}".TrimEnd());
        }

        if (all.Count == 0)
        {
            await Console.Error.WriteLineAsync($"The organization {organization} has no tokens.");
        }

        return 0;
    }, cancellationToken);

    private static Task<int> RevokeAsync(CommandArguments arguments, CancellationToken cancellationToken) => WithTokensAsync(async tokens =>
    {
        var organization = arguments["organization"]!;
        if (Guid.TryParseExact(arguments["id"], "D", out var id) && await tokens.RevokeAsync(organization, id, cancellationToken))
        {
            return 0;
        }

        await Console.Error.WriteLineAsync(
            $"The organization {organization} has no token with this id. List them: token list --organization {organization}");
        return 1;
    }, cancellationToken);

    private static async Task<int> WithTokensAsync(Func<ApiTokenWriter, Task<int>> run, CancellationToken cancellationToken)
    {
        var builder = Start.CreateBuilder([]);
        builder.Logging.ClearProviders();
        var settings = Settings.Read<DatabaseOptions>(builder.Configuration, "Database");
        await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration, cancellationToken);
        builder.Services.AddStorage(embedded.ConnectionString, settings);
        builder.Services.AddSingleton(new RequestLimits());
        builder.Services.AddBooks(builder.Configuration);
        builder.Services.AddGroups();
        builder.Services.AddAccess(builder.Configuration);
        await using var services = builder.Services.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<ApiTokenWriter>());
    }
}
