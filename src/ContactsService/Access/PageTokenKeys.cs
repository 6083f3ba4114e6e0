using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>Gives routes with pages the keys of their tokens, bound to the caller.</summary>
internal static class PageTokenKeys
{
    private const string Purpose = "page";

    /// <summary>It must follow routing and authentication.</summary>
    public static void UsePageTokens(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<ServiceKeys>();
        app.UseWhen(
            http => http.GetEndpoint()?.Metadata.GetMetadata<HasPages>() is not null && http.Features.Get<Caller>() is not null,
            pages => pages.Use(async (http, next) =>
            {
                var book = http.Features.Get<Caller>()!.Own.Id;
                var ring = await keys.FindAsync(http.RequestAborted);
                http.Features.Set(new PageTokenSeal(
                    text => ring.Seal(Purpose, book, text), sealedText => ring.Open(Purpose, book, sealedText)));
                await next(http);
            }));
    }
}
