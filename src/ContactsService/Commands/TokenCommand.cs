using System.Globalization;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Commands;

/// <summary><c>token --organization acme --user ann --role agent [--name …] [--days 30]</c>: issues a token and prints just it.</summary>
internal static class TokenCommand
{
    /// <summary>How it is called.</summary>
    public const string Call = "token --organization <id> --user <id> --role agent|admin [--name <text>] [--days <number>]";

    private static readonly string[] Names = ["organization", "user", "role", "name", "days"];

    /// <summary>True when the program was started for this.</summary>
    public static bool IsAsked(string[] args) => args is ["token", ..];

    /// <summary>Issues the token.</summary>
    /// <returns>The exit code: 0, 1 when the database is away, or 2 when the arguments are wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var values = Read(args[1..]);
            await Console.Out.WriteLineAsync(await IssueAsync(values));
            return 0;
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
                await Console.Error.WriteLineAsync($"--{member}: {string.Join(' ', sentences)}");
            }

            await Console.Error.WriteLineAsync($"usage: {Call}");
            return 2;
        }
    }

    private static async Task<string> IssueAsync(Dictionary<string, string> values)
    {
        var builder = WebApplication.CreateBuilder(Start.Options([]));
        builder.Logging.ClearProviders();
        await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration);
        builder.Services.AddStorage(embedded.ConnectionString);
        builder.Services.AddBooks();
        builder.Services.AddGroups();
        builder.Services.AddAccess(builder.Configuration);
        await using var services = builder.Services.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await using var scope = services.CreateAsyncScope();
        var (_, secret) = await scope.ServiceProvider.GetRequiredService<ApiTokenWriter>().IssueAsync(
            values["organization"],
            new TokenDraft
            {
                User = values["user"],
                Role = values["role"],
                Name = values.GetValueOrDefault("name"),
                Days = values.TryGetValue("days", out var days) ? int.TryParse(days, CultureInfo.InvariantCulture, out var number) ? number : -1 : null,
            },
            CancellationToken.None);
        return secret;
    }

    private static Dictionary<string, string> Read(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!Names.Contains(name) || i + 1 == args.Length || !values.TryAdd(name, args[i + 1]))
            {
                throw MemberErrors.Of(args[i].TrimStart('-'), "It is not known, has no value or is there twice.");
            }
        }

        return Array.Find(["organization", "user", "role"], name => !values.ContainsKey(name)) is { } missing
            ? throw MemberErrors.Of(missing, "It is missing.")
            : values;
    }
}
