using System.Net.Sockets;
using ContactsService.Http;
using ContactsService.LocalPostgres;
using Microsoft.AspNetCore.Connections;

namespace ContactsService;

/// <summary>How the program starts, and what it says when it cannot.</summary>
internal static class Start
{
    /// <summary>Reads the settings. They lie beside the program, wherever it is started from.</summary>
    /// <exception cref="SettingsException">There is a setting that nothing reads.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        SettingNames.Check(builder.Configuration);
        return builder;
    }

    /// <summary>Runs the program; what its user can mend is a sentence, not a stack trace.</summary>
    /// <returns>The exit code: 130 or 143 when a signal has ended it before it had started.</returns>
    public static async Task<int> SafelyAsync(Func<CancellationToken, Task<int>> run)
    {
        using var interruption = new Interruption();
        try
        {
            return await run(interruption.Token);
        }
        catch (Exception ended) when (
            interruption.ExitCode is not null && ended is (OperationCanceledException or LocalPostgresException))
        {
            return interruption.ExitCode.Value; // Ctrl+C also reaches the programs of PostgreSQL, which then fail
        }
        catch (Exception refused) when (Explain(refused) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static string? Explain(Exception refused) => refused switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{refused.Message} Another program listens there, perhaps this service in another terminal. "
            + "Stop it, or take another port: PORT=8081 scripts/run, or ASPNETCORE_URLS=http://localhost:8081.",
        SocketException => $"The service cannot listen at its addresses: {refused.Message}. {UrlAdvice}",
        FormatException => $"{refused.Message}. {UrlAdvice}",
        SettingsException or LocalPostgresException or IOException or InvalidOperationException or ArgumentException => refused.Message,
        _ => null,
    };

    private const string UrlAdvice =
        "ASPNETCORE_URLS has the addresses, separated by semicolons, such as http://localhost:8080. Ports below 1024 need privileges.";
}
