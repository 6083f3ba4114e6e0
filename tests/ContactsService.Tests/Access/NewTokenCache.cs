using ContactsService.Access;
using ContactsService.Access.Oidc;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ContactsService.Tests.Access;

/// <summary>A cache of tokens without identity providers, on the database of the service.</summary>
internal static class NewTokenCache
{
    public static TokenCache On(NpgsqlDataSource source, Clock clock)
    {
        var database = new Database(source);
        var options = Options.Create(new AccessOptions());
        return new(
            database,
            new PooledDbContextFactory<ContactsDb>(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(source).Options),
            new AccessRevisions(database),
            new JwtReader(new OidcIssuers([]), new NoClients(), NullLogger<IssuerKeys>.Instance),
            new GuessLimits(options),
            clock,
            options,
            NullLogger<TokenCache>.Instance);
    }

    private sealed class NoClients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("There are no identity providers.");
    }
}
