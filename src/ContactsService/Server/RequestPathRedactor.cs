using Serilog.Core;
using Serilog.Events;

namespace ContactsService.Server;

/// <summary>Removes the request path, which ASP.NET Core adds to log events, because it may contain contact values.</summary>
internal sealed class RequestPathRedactor : ILogEventEnricher
{
    /// <inheritdoc/>
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
