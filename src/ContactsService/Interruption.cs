using System.Runtime.InteropServices;

namespace ContactsService;

/// <summary>
/// Ctrl+C and SIGTERM from the very beginning. Before the host listens to them, .NET would end the process at once, and PostgreSQL, which
/// may just be starting, would stay.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, 143)),
    ];

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>128 and the number of the signal, as shells have it; null without one.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true; // the process ends by itself
        ExitCode ??= exitCode;
        source.Cancel();
    }
}
