using System.Globalization;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>What went wrong, in the vendor's words: its code and a sentence, and nothing else.</summary>
internal sealed record GenesysError
{
    /// <summary>The vendor's code: 1 to 20.</summary>
    public required int StatusCode { get; init; }

    /// <summary>What helps here.</summary>
    public required string StatusMessage { get; init; }
}

/// <summary>Failures as the vendor's callers read them; the codes are those of its page "Return Values".</summary>
internal static class GenesysErrors
{
    /// <summary>A parameter that has to be there is not.</summary>
    public const int Missing = 1;

    /// <summary>A parameter is not valid here.</summary>
    public const int Invalid = 2;

    /// <summary>Nobody may do this.</summary>
    public const int Forbidden = 3;

    /// <summary>The value is none of those that there are.</summary>
    public const int OutOfRange = 10;

    /// <summary>It can be read, not written.</summary>
    public const int ReadOnly = 11;

    private const string CodeMember = "statusCode";

    /// <summary>How failures under the vendor's path look.</summary>
    public static readonly ErrorShape Shape = new(GenesysEndpoints.Path, "application/json; charset=utf-8", Body)
    {
        Challenge = "Basic realm=\"contacts\", charset=\"UTF-8\", Bearer",
    };

    /// <summary>A problem with a code of the vendor's that does not follow from it.</summary>
    public static ProblemException Refuse(Problem problem, int code, string message) => new(problem, message)
    {
        Extensions = { [CodeMember] = code.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>Refuses a query parameter, by its name.</summary>
    public static ProblemException Parameter(string name, int code, string why) => Refuse(Problems.InvalidFilter, code, $"{name}: {why}");

    /// <summary>What writes of a user or a queue are answered with.</summary>
    public static ProblemException DirectoryReadOnly() =>
        new(Problems.DirectoryReadOnly, "Users and queues come from the directory; only custom contacts are written here.");

    private static ReadOnlyMemory<byte> Body(ProblemException failure) => JsonText.Bytes(new GenesysError
    {
        StatusCode = failure.Extensions.TryGetValue(CodeMember, out var code) ? int.Parse(code, CultureInfo.InvariantCulture) : CodeOf(failure.Problem),
        StatusMessage = MessageOf(failure),
    });

    private static string MessageOf(ProblemException failure)
    {
        if (failure.Problem == Problems.Unauthenticated)
        {
            return "Access denied: send your user name with your token as the password, or 'Authorization: Bearer <token>'.";
        }

        return failure.Errors.Count == 0
            ? failure.Message
            : string.Join(' ', failure.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}"));
    }

    private static int CodeOf(Problem problem)
    {
        if (problem == Problems.InvalidFilter || problem == Problems.BodyTooLarge)
        {
            return OutOfRange;
        }

        if (problem == Problems.DirectoryReadOnly)
        {
            return ReadOnly;
        }

        return problem.Status switch
        {
            401 => 20, // not authenticated
            403 => 5, // lacks permission
            404 => 6, // not found
            405 or 429 => Forbidden,
            409 => 18, // already exists
            412 => 15, // cannot update
            >= 500 => 4, // internal error, also of what stands behind the service
            _ => Invalid,
        };
    }
}
