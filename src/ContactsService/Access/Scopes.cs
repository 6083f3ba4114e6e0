using System.Collections.Frozen;
using ContactsService.Http;
using Microsoft.AspNetCore.Authorization;

namespace ContactsService.Access;

/// <summary>What a token may be limited to, within what its role may. Writing includes reading.</summary>
internal static class Scopes
{
    private const string Read = ".read";
    private const string Write = ".write";

    /// <summary>What only a token without limits has.</summary>
    public const string Unlimited = "unlimited";

    /// <summary>All scopes.</summary>
    public static readonly string[] All =
    [
        .. ((string[])[ScopeAreas.Contacts, ScopeAreas.Directory, ScopeAreas.Settings, ScopeAreas.Tokens, ScopeAreas.Webhooks])
            .SelectMany(area => (string[])[area + Read, area + Write]),
    ];

    /// <summary>The sentence for a list with something else in it.</summary>
    public static readonly string Rule = $"Must be a list of one or more of {string.Join(", ", All)}, each once.";

    /// <summary>True for a list that a token may be limited to.</summary>
    public static bool AreValid(IReadOnlyCollection<string> scopes) =>
        scopes.Count > 0 && scopes.All(All.Contains) && scopes.Distinct(StringComparer.Ordinal).Count() == scopes.Count;

    /// <summary>True when who has the first may do all that the second allow; null is everything.</summary>
    public static bool Include(FrozenSet<string>? granted, IEnumerable<string>? wanted) =>
        granted is null || wanted?.All(scope => Includes(granted, scope)) == true;

    private static bool Includes(FrozenSet<string> granted, string scope) =>
        granted.Contains(scope)
        || (scope.EndsWith(Read, StringComparison.Ordinal) && granted.Contains(scope[..^Read.Length] + Write));

    /// <summary>Refuses requests for routes that are not in the scopes of their token. It must follow routing and authentication.</summary>
    public static void UseScopes(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Features.Get<Caller>() is { } caller && http.Request.Headers.ContainsKey(IdempotentRoutes.Header))
        {
            http.Features.Set(caller.ForRequest()); // what it needs is asked of a retry as well
        }

        if (http.Features.Get<Caller>()?.Scopes is { } granted
            && http.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            Require(granted, endpoint.Metadata, http.Request.Method);
        }

        return next(http);
    });

    /// <exception cref="ProblemException"><c>insufficient-scope</c>.</exception>
    private static void Require(FrozenSet<string> granted, EndpointMetadataCollection metadata, string method)
    {
        // A route without an area is for tokens without limits only. Routing itself makes such, for 405 and 415.
        if (metadata.GetMetadata<InScope>() is not { } route)
        {
            if (metadata.Count > 0)
            {
                throw Refusal("This address needs a token without scopes.");
            }

            return;
        }

        var reads = HttpMethods.IsGet(method) || metadata.GetMetadata<OnlyReads>() is not null;
        var needed = route.Area + (reads ? Read : Write);
        if (!Includes(granted, needed))
        {
            throw Refusal($"The token lacks the scope {needed}. It has {string.Join(", ", granted.Order(StringComparer.Ordinal))}.");
        }
    }

    private static ProblemException Refusal(string detail) => new(Problems.InsufficientScope, detail);
}
