using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Client;

/// <summary>Brings the client into a program's services.</summary>
public static class ContactsClientServices
{
    /// <summary>Adds <see cref="ContactsClient"/> with an <see cref="HttpClient"/> of the factory, and gives its builder for handlers of your own.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configure">Sets at least <see cref="ContactsClientOptions.BaseAddress"/>.</param>
    /// <exception cref="ArgumentException">There is no <see cref="ContactsClientOptions.BaseAddress"/>.</exception>
    public static IHttpClientBuilder AddContactsClient(this IServiceCollection services, Action<ContactsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ContactsClientOptions();
        configure(options);
        if (options.BaseAddress is null)
        {
            throw new ArgumentException("The client needs a BaseAddress.", nameof(configure));
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
