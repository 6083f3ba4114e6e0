using System.Diagnostics;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>Problem details (RFC 9457).</summary>
internal static class ProblemJson
{
    /// <summary>The JSON object.</summary>
    public static ReadOnlyMemory<byte> Write(ProblemException failure)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = $"/problems#{failure.Problem.Code}",
            ["title"] = failure.Problem.Title,
            ["status"] = failure.Problem.Status,
            ["detail"] = failure.Message,
            ["code"] = failure.Problem.Code,
        };
        if (failure.Errors.Count > 0)
        {
            body["errors"] = failure.Errors;
        }

        foreach (var (name, value) in failure.Extensions)
        {
            body[name] = value;
        }

        body["traceId"] = Activity.Current?.TraceId.ToString() ?? "";
        return JsonSerializer.SerializeToUtf8Bytes(body, JsonText.Options);
    }
}
