using System.Diagnostics;
using ContactsService.Http;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ContactsService.Access.Oidc;

/// <summary>
/// The public keys of an issuer. They are read when they are needed first, once an hour, and when a token names one that is not known; the
/// latter only so often, whoever sends how many such tokens. Safe for any number of threads.
/// </summary>
internal sealed class IssuerKeys(OidcIssuer issuer, HttpClient http, ILogger<IssuerKeys> log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly HttpDocumentRetriever retriever = new(http)
    {
        RequireHttps = issuer.Issuer.StartsWith("https:", StringComparison.Ordinal),
    };

    private readonly TimeSpan pause = TimeSpan.FromSeconds(issuer.KeyRefreshSeconds);
    private readonly Lock gate = new();
    private volatile IReadOnlyCollection<SecurityKey>? keys;
    private Task running = Task.CompletedTask;
    private long tried;
    private long read;

    /// <summary>The keys as they are known.</summary>
    /// <exception cref="ProblemException"><c>unavailable</c>: they have never been read, and cannot be.</exception>
    public async ValueTask<IReadOnlyCollection<SecurityKey>> FindAsync(CancellationToken cancellationToken)
    {
        if (keys is null || Stopwatch.GetElapsedTime(Interlocked.Read(ref read)) > Lifetime)
        {
            await RefreshAsync(keys, cancellationToken);
        }

        return keys ?? throw new ProblemException(
            Problems.Unavailable, "The identity provider cannot be reached. Send the request again after the seconds in Retry-After.");
    }

    /// <summary>Reads them again, because a token is signed with none of these, unless that was done just now.</summary>
    /// <returns>True when there are other ones.</returns>
    public async Task<bool> RefreshAsync(IReadOnlyCollection<SecurityKey>? known, CancellationToken cancellationToken)
    {
        Task current;
        lock (gate)
        {
            if (running.IsCompleted && keys == known && (tried == 0 || Stopwatch.GetElapsedTime(tried) > pause))
            {
                tried = Stopwatch.GetTimestamp();
                running = StoreAsync();
            }

            current = running;
        }

        await current.WaitAsync(cancellationToken);
        return keys != known;
    }

    private async Task StoreAsync()
    {
        try
        {
            keys = await ReadAsync();
            Interlocked.Exchange(ref read, Stopwatch.GetTimestamp());
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException
            or InvalidOperationException or ArgumentException or FormatException)
        {
            log.Unavailable(issuer.Issuer, failure.Message); // the old ones serve on
        }
    }

    private async Task<IReadOnlyCollection<SecurityKey>> ReadAsync()
    {
        var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(issuer.MetadataAddress, retriever, CancellationToken.None);
        if (configuration.Issuer != issuer.Issuer)
        {
            throw new InvalidOperationException("Its metadata name another issuer."); // OpenID Connect Discovery 1.0, 4.3
        }

        // With a key of symmetric algorithms, whoever reads the metadata could sign.
        return
        [
            .. configuration.JsonWebKeySet.Keys.Where(key =>
                key.Use is not "enc" && key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve),
        ];
    }
}

internal static partial class IssuerKeysLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Issuer} could not be read: {Reason}")]
    public static partial void Unavailable(this ILogger<IssuerKeys> log, string issuer, string reason);
}
