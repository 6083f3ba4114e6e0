using Serilog.Core;
using Serilog.Events;

namespace ContactsService.Server;

/// <summary>Takes out of log events what ASP.NET Core adds by itself: an address may carry contact values.</summary>
internal sealed class RequestPathRedactor : ILogEventEnricher
{
    /// <inheritdoc/>
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
