using ContactsService.Access;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;
using Serilog.Events;

namespace ContactsService.Server;

/// <summary>Registration of the module and the order of the middleware.</summary>
internal static class ServerServices
{
    private const int MaxRequestLineBytes = 32 * 1024; // enough for a filter with 134 ids of maximum length

    private static readonly TimeSpan AnswerGracePeriod = TimeSpan.FromSeconds(5);

    public static void AddServer(this WebApplicationBuilder builder)
    {
        var limits = Settings.Read<RequestLimits>(builder.Configuration, "Limits");
        builder.Services.AddSingleton(limits);
        builder.Services.AddSerilog(builder.Configuration);
        builder.Services.AddRateLimits(limits);
        builder.Services.AddSingleton<UnsentAnswers>();
        builder.Services.AddSingleton<AnswerOwner>(http => http.Features.Get<Caller>()?.Own.Id ?? Guid.Empty);
        builder.Services.AddCompression();
        builder.Services.AddCorsPaths(builder.Configuration);
        builder.Services.AddOpenApiDocuments(builder.Configuration);
        builder.Services.AddSingleton<RequestMetrics>();
        builder.Services.AddSingleton<ListeningAddresses>();
        builder.Services.AddHostedService<StartupBanner>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(limits.DrainSeconds));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxRequestBufferSize = Math.Max(limits.BodyBytes, MaxRequestLineBytes) * 2;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
            kestrel.Limits.MinResponseDataRate =
                limits.AnswerBytesPerSecond == 0 ? null : new MinDataRate(limits.AnswerBytesPerSecond, AnswerGracePeriod);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(limits.IdleSeconds);
        });
        if (!string.IsNullOrEmpty(builder.Configuration[Telemetry.Endpoint]))
        {
            builder.Services.AddHostedService<Telemetry>();
        }
    }

    /// <summary>Adds the middleware, outermost first.</summary>
    public static void UseServer(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseHeadAsGet();
        app.UseMiddleware<ErrorWriter>();
        app.UseResponseCompression();
        app.UseSingleSlashes();
        app.UseRoutePrefixes();
        app.UseSwaggerPages();
        app.UseRouting();
        app.UseCorsPaths();
        app.UseCallers();
        app.UsePoolShares();
        app.UseRateLimiter();
        app.UseAuthorizationOfUnknown();
        app.UseScopes();
        app.UsePageTokens();
        app.UseAcceptGuard();
        app.UseQueryGuard();
    }

    private static void UsePoolShares(this WebApplication app) => app.Use((http, next) =>
    {
        PoolShare.Current = http.Features.Get<Caller>() is { } caller ? new(caller.Own.Id, caller.Shared.Id) : null;
        return next(http);
    });

    // There is one policy, an authenticated caller: to evaluate it for those costs a tenth of a short answer.
    private static void UseAuthorizationOfUnknown(this WebApplication app)
    {
        // Otherwise ASP.NET Core adds the middleware once more, for all requests.
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(http => http.Features.Get<Caller>() is null, unknown => unknown.UseAuthorization());
    }

    // RFC 9110, 9.3.2. Kestrel looks at the original method and leaves out the body.
    private static void UseHeadAsGet(this WebApplication app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set(new HeadRequest());
        }

        return next(http);
    });

    // A base address that ends in a slash produces double slashes, which other vendors' clients do not check (webex-wire.md, 1).
    private static void UseSingleSlashes(this WebApplication app) => app.Use((http, next) =>
    {
        while (http.Request.Path.Value is { } path && path.Contains("//", StringComparison.Ordinal))
        {
            http.Request.Path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return next(http);
    });

    private static void UseRoutePrefixes(this WebApplication app)
    {
        foreach (var route in app.Services.GetServices<RoutePrefix>().Where(route => route.Prefix.HasValue))
        {
            app.Use((http, next) =>
            {
                if (http.Request.Path.StartsWithSegments(route.Prefix, StringComparison.OrdinalIgnoreCase, out var rest)
                    && rest.StartsWithSegments(route.Routes, StringComparison.OrdinalIgnoreCase))
                {
                    http.Request.PathBase += route.Prefix; // the addresses in the answer contain the prefix
                    http.Request.Path = rest;
                }

                return next(http);
            });
        }
    }

    /// <summary>Builds every endpoint, so that a mistake in one fails at startup and not at its first request.</summary>
    public static void TouchEndpoints(this IEndpointRouteBuilder app)
    {
        foreach (var source in app.DataSources)
        {
            _ = source.Endpoints.Count;
        }
    }

    // The exception goes on to the start of the program, which says it in a sentence, or as .NET does when it knows none.
    private static bool IsStartupFailure(LogEvent logEvent) => logEvent.MessageTemplate.Text == "Hosting failed to start";

    private static void AddSerilog(this IServiceCollection services, IConfiguration configuration)
    {
        LogLevels.Check(configuration);
        var logger = new LoggerConfiguration().ReadFrom.Configuration(configuration).Enrich.With<RequestPathRedactor>()
            .Filter.ByExcluding(IsStartupFailure).CreateLogger();
        services.AddLogging(logging => logging.ClearProviders().AddSerilog(logger, dispose: true));
    }
}
