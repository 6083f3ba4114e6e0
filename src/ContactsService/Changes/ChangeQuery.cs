using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>The query of changes, read and checked.</summary>
internal static class ChangeQuery
{
    public const string Since = "since";
    public const string Now = "now";

    public const int DefaultPageSize = 100;
    public const int MaxPageSize = 1000;

    private const string PageSize = "pageSize";

    /// <summary>The position to begin at, as a parameter of the OpenAPI document.</summary>
    public static readonly DescribedParameter SinceParameter = new(
        Since, "The token that you have; now for a token alone. Without it, everything there is comes first.");

    /// <summary>The parameters in the OpenAPI document.</summary>
    public static IReadOnlyList<DescribedParameter> Parameters { get; } =
    [
        SinceParameter,
        new(PageSize, "The most changes.")
        {
            Type = ParameterType.Number,
            Minimum = 1,
            Maximum = MaxPageSize,
            Default = DefaultPageSize,
        },
    ];

    /// <summary>Reads <c>pageSize</c>.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static int ReadPageSize(IQueryCollection query) => ListQuery.ReadPageSize(query, DefaultPageSize, MaxPageSize);

    /// <summary>Reads a token.</summary>
    /// <param name="keys">The keys that may have sealed it.</param>
    /// <param name="caller">The caller that it must belong to.</param>
    /// <param name="name">What the caller has sent it as.</param>
    /// <param name="token">The token.</param>
    /// <exception cref="ProblemException"><c>invalid-change-token</c>.</exception>
    public static ChangePosition ReadToken(KeyRing keys, Caller caller, string name, string token)
    {
        const string Why = "The service has not made this token for you. Send a token as you got it, or start again without one.";
        return ChangeToken.Read(keys, caller, token)
            ?? throw new ProblemException(Problems.InvalidChangeToken, Why) { Errors = { [name] = [Why] } };
    }
}
