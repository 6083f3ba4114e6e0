using System.Globalization;
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
    public const int MaxWaitSeconds = 60;

    private const string PageSize = "pageSize";
    private const string Wait = "wait";

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
        new(Wait, "When there is nothing yet, wait so many seconds for it.")
        {
            Type = ParameterType.Number,
            Minimum = 1,
            Maximum = MaxWaitSeconds,
        },
    ];

    /// <summary>Reads <c>pageSize</c>.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static int ReadPageSize(IQueryCollection query) => ListQuery.ReadPageSize(query, DefaultPageSize, MaxPageSize);

    /// <summary>Reads <c>wait</c>; null when it is not given.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static TimeSpan? ReadWait(IQueryCollection query)
    {
        if (ListQuery.One(query, Wait) is not { } text)
        {
            return null;
        }

        const string Why = "wait must be a whole number of seconds from 1 to 60.";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MaxWaitSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new ProblemException(Problems.InvalidFilter, Why) { Errors = { [Wait] = [Why] } };
    }

    /// <summary>Reads where a stream begins: at the last event that the caller has got, else at <c>since</c>.</summary>
    /// <returns>The token, null for none, and what it was sent as.</returns>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static (string Name, string? Token) ReadStart(HttpRequest request) =>
        request.Headers[AnswersEventStream.LastEventId].ToString() is { Length: > 0 } id
            ? (AnswersEventStream.LastEventId, id)
            : (Since, ListQuery.One(request.Query, Since));

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
