using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Client;

/// <summary>Registers the client for dependency injection.</summary>
public static class ContactsClientServices
{
    /// <summary>Adds <see cref="ContactsClient"/> with an <see cref="HttpClient"/> of the factory, and returns its builder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets at least <see cref="ContactsClientOptions.BaseAddress"/>.</param>
    /// <exception cref="ArgumentException"><see cref="ContactsClientOptions.BaseAddress"/> is not set.</exception>
    public static IHttpClientBuilder AddContactsClient(this IServiceCollection services, Action<ContactsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ContactsClientOptions();
        configure(options);
        if (options.BaseAddress is null)
        {
            throw new ArgumentException("BaseAddress is not set. Set it to the address of the service.", nameof(configure));
        }

        return services
            .AddHttpClient(nameof(ContactsClient), http => Prepare(http, options))
            .AddTypedClient(http => new ContactsClient(http, options.Retries));
    }

    private static void Prepare(HttpClient http, ContactsClientOptions options)
    {
        http.BaseAddress = options.BaseAddress;
        if (options.Token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        }
    }
}
