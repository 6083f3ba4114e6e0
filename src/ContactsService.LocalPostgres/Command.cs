using System.ComponentModel;
using System.Diagnostics;

namespace ContactsService.LocalPostgres;

/// <summary>The result of a program: its exit code, and its standard output followed by its standard error.</summary>
internal sealed record Outcome(int Code, string Output);

/// <summary>Runs short programs of the operating system.</summary>
internal static class Command
{
    /// <summary>Runs a program until it ends. Cancelling kills it.</summary>
    /// <exception cref="LocalPostgresException">The program does not exist or cannot be run.</exception>
    public static async Task<Outcome> RunAsync(IReadOnlyList<string> words, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(words, folder);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Outcome(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <exception cref="LocalPostgresException">The program failed.</exception>
    public static async Task<string> RequireAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(words, "/", cancellationToken);
        return outcome.Code == 0 ? outcome.Output : throw new LocalPostgresException($"{string.Join(' ', words)}: {outcome.Output}");
    }

    private static Process Start(IReadOnlyList<string> words, string folder)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // PGPORT, PGDATA and similar variables are meant for another server. Messages are searched for English text.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception missing)
        {
            throw new LocalPostgresException($"{words[0]} cannot be run: {missing.Message}", missing);
        }
    }
}
