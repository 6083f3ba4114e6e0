using System.Globalization;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>An error in the vendor's form: a code and a message.</summary>
internal sealed record GenesysError
{
    /// <summary>The vendor's status code: 1 to 20.</summary>
    public required int StatusCode { get; init; }

    /// <summary>An explanation of this occurrence.</summary>
    public required string StatusMessage { get; init; }
}

/// <summary>Errors in the vendor's form. The codes are those of its page "Return Values".</summary>
internal static class GenesysErrors
{
    /// <summary>A required parameter is missing.</summary>
    public const int Missing = 1;

    /// <summary>A parameter is invalid.</summary>
    public const int Invalid = 2;

    /// <summary>The operation is not allowed.</summary>
    public const int Forbidden = 3;

    /// <summary>The value is out of range.</summary>
    public const int OutOfRange = 10;

    /// <summary>The value is read-only.</summary>
    public const int ReadOnly = 11;

    private const string CodeMember = "statusCode";

    /// <summary>The error shape of the vendor's path.</summary>
    public static readonly ErrorShape Shape = new(GenesysEndpoints.Path, "application/json; charset=utf-8", Body)
    {
        Challenge = "Basic realm=\"contacts\", charset=\"UTF-8\", Bearer",
    };

    /// <summary>Creates a problem with a vendor's code that does not follow from the problem.</summary>
    public static ProblemException Refuse(Problem problem, int code, string message) => new(problem, message)
    {
        Extensions = { [CodeMember] = code.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>Creates a problem for a query parameter.</summary>
    public static ProblemException Parameter(string name, int code, string detail) =>
        Refuse(Problems.InvalidFilter, code, $"{name}: {detail}");

    /// <summary>Creates the problem for a write of a user or a queue.</summary>
    public static ProblemException DirectoryReadOnly() =>
        new(Problems.DirectoryReadOnly, "Users and queues come from the directory. Only custom contacts can be written here.");

    private static ReadOnlyMemory<byte> Body(ProblemException failure) => JsonText.Bytes(new GenesysError
    {
        StatusCode = failure.Extensions.TryGetValue(CodeMember, out var code)
            ? int.Parse((string)code, CultureInfo.InvariantCulture)
            : CodeOf(failure.Problem),
        StatusMessage = MessageOf(failure),
    });

    private static string MessageOf(ProblemException failure)
    {
        if (failure.Problem == Problems.Unauthenticated)
        {
            return "Access denied. Send your user name with your token as the password, or 'Authorization: Bearer <token>'.";
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
            >= 500 => 4, // internal error
            _ => Invalid,
        };
    }
}
