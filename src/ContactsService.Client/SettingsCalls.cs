namespace ContactsService.Client;

/// <summary>
/// The operations of <c>/settings</c>. Safe for any number of threads. Besides the documented exceptions, all methods throw
/// <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when there is no response, and
/// <see cref="System.Text.Json.JsonException"/> when the response cannot be read.
/// </summary>
public sealed class SettingsCalls
{
    private const string Settings = "settings";

    private readonly Exchange exchange;

    internal SettingsCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Returns the settings of your organization.</summary>
    public Task<OrganizationSettings> GetAsync(CancellationToken cancellationToken = default) =>
        SettingsAsync(new(HttpMethod.Get, Settings), cancellationToken);

    /// <summary>Replaces the settings of your organization. Members that are null are unset.</summary>
    /// <param name="settings">The complete new settings.</param>
    /// <param name="ifMatch">The <see cref="OrganizationSettings.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The settings may have been replaced nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>forbidden</c>: you are not an admin; <c>invalid-members</c>: the region is unknown; <c>stale</c>: the settings have changed.
    /// </exception>
    public Task<OrganizationSettings> ReplaceAsync(
        OrganizationSettings settings, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var call = new Call(HttpMethod.Put, Settings) { IfMatch = ifMatch }.With(settings, ClientJson.Wire.OrganizationSettings);
        return SettingsAsync(call, cancellationToken);
    }

    private async Task<OrganizationSettings> SettingsAsync(Call call, CancellationToken cancellationToken)
    {
        var reply = await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.OrganizationSettings) with { ETag = reply.ETag };
    }
}
