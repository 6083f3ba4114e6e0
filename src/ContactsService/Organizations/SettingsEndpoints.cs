using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Organizations;

internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/settings").WithTags("Settings").WithMetadata(new InScope(ScopeAreas.Settings));
        settings.MapGet("", FindAsync).Named("getSettings").Produces<SettingsDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 406, 429, 503);
        settings.MapPut("", PutAsync).Named("putSettings").AcceptsJson<SettingsDraft>().Produces<SettingsDocument>(200).SendsETag(200)
            .Problems(400, 401, 403, 406, 408, 412, 413, 415, 429, 503);
    }

    /// <summary>Reads the settings of your organization</summary>
    /// <remarks>The region decides what national phone numbers mean, those that are stored and those that are searched for.</remarks>
    private static async Task<Answer> FindAsync(
        Caller caller, Precondition precondition, SettingsWriter writer, CancellationToken cancellationToken)
    {
        var settings = await writer.FindAsync(caller, cancellationToken);
        var etag = settings.ETag(caller.Shared);
        return precondition.Has(etag) ? Answer.NotModified(etag) : ToAnswer(caller, settings);
    }

    /// <summary>Replaces the settings of your organization</summary>
    /// <remarks>
    /// For admins. What is null or left out is unset. Searches take a changed region into account immediately; no contact changes.
    /// With If-Match, no change of others is lost.
    /// </remarks>
    private static async Task<Answer> PutAsync(
        Caller caller, JsonBody body, Precondition precondition, SettingsWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("change settings");
        return ToAnswer(caller, await writer.PutAsync(caller, SettingsDraft.Read(body.Root), precondition, cancellationToken));
    }

    private static Answer ToAnswer(Caller caller, OrganizationSettings settings) =>
        new(StatusCodes.Status200OK, JsonText.Bytes(settings.ToDocument())) { ETag = settings.ETag(caller.Shared) };
}
