using ContactsService.LocalPostgres;

namespace ContactsService;

/// <summary>How the program starts, and what it says when it cannot.</summary>
internal static class Start
{
    /// <summary>The settings lie beside the program, wherever it is started from.</summary>
    public static WebApplicationOptions Options(string[] args) => new() { Args = args, ContentRootPath = AppContext.BaseDirectory };

    /// <summary>Runs the program; what its user can mend is a sentence, not a stack trace.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> SafelyAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception refused) when (refused is LocalPostgresException or IOException or InvalidOperationException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
