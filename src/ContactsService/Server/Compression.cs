using System.IO.Compression;
using ContactsService.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ContactsService.Server;

/// <summary>Compresses answers above 1 KB when the caller accepts it, and gives the compressed form its own ETag.</summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private const int MinBytes = 1024;

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength > MinBytes && base.ShouldCompressResponse(context);

    /// <inheritdoc/>
    public override ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var provider = base.GetCompressionProvider(context);
        if (provider is not null && context.Response.Headers.ETag is [{ } etag])
        {
            context.Response.Headers.ETag = ContentEncodings.ETagOf(etag, provider.EncodingName);
        }

        return provider;
    }
}

internal static class CompressionServices
{
    /// <summary>Adds gzip and br at their fastest level.</summary>
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // Safe from BREACH: a page cannot make a browser send the caller's token with its own text in the answer.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/scim+json"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }
}
