using System.IO.Compression;
using ContactsService.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ContactsService.Server;

/// <summary>Compresses answers above 1 KB for callers who accept it; the ETag tells the forms apart.</summary>
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

/// <summary>Registration of the compression.</summary>
internal static class CompressionServices
{
    /// <summary>Adds gzip and br, fast rather than small.</summary>
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // Answers hold nothing that a page could make a browser ask for without the caller's token (BREACH).
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
