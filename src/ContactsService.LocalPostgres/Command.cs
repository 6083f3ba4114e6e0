using System.ComponentModel;
using System.Diagnostics;

namespace ContactsService.LocalPostgres;

/// <summary>How a program ended: its exit code, and all it said.</summary>
internal sealed record Outcome(int Code, string Output);

/// <summary>Runs short programs of the operating system.</summary>
internal static class Command
{
    /// <summary>Runs a program to its end. Cancelling kills it.</summary>
    /// <exception cref="LocalPostgresException">There is no such program.</exception>
    public static async Task<Outcome> RunAsync(IReadOnlyList<string> words, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(words, folder);
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var complained = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new Outcome(process.ExitCode, (await said + await complained).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <exception cref="LocalPostgresException">It did not.</exception>
    public static async Task<string> DemandAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
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

        // PGPORT, PGDATA and the like are meant for another server of this person; and what the programs say is searched in English.
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
