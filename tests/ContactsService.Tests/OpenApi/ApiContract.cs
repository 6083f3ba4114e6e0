using System.Text.Json.Nodes;

namespace ContactsService.Tests.OpenApi;

/// <summary>An OpenAPI document, and what real answers do otherwise than it says.</summary>
internal sealed class ApiContract
{
    private static readonly string[] Headers = ["ETag", "Location", "Link", "Retry-After", "WWW-Authenticate"];

    private readonly SchemaValidator schemas;

    public ApiContract(JsonNode document)
    {
        schemas = new(document);
        Operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method => new ApiOperation(path.Key, method.Key, method.Value!)))
            .ToDictionary(operation => operation.Id, StringComparer.Ordinal);
    }

    public const string EventStream = "text/event-stream";

    /// <summary>By their ids.</summary>
    public IReadOnlyDictionary<string, ApiOperation> Operations { get; }

    /// <summary>What was answered otherwise than described, or sent.</summary>
    public SortedSet<string> Violations { get; } = new(StringComparer.Ordinal);

    /// <summary>Operations and statuses that were answered.</summary>
    public HashSet<(string Operation, string Status)> Answered { get; } = [];

    /// <summary>Sends a request as the document describes it, and holds the answer against it.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="person">Who sends it.</param>
    /// <param name="path">The values of the path's parameters.</param>
    /// <param name="query">With its question mark.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="mediaType">Null for the first of the document.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<Reply> SendAsync(
        string id,
        Person person,
        string[] path,
        string query = "",
        string? body = null,
        string? mediaType = null,
        params (string Name, string Value)[] headers)
    {
        var operation = Operations[id];
        Task<Reply> Send(HttpMethod method) => person.SendAsync(
            method, operation.Address(path) + query, body, headers, mediaType ?? operation.MediaType ?? "application/json");

        // A stream has no end, but the same headers without a body.
        var head = operation.IsStream ? await Send(HttpMethod.Head) : null;
        var reply = (int?)head?.Status < 300 ? head! : await Send(HttpMethod.Parse(operation.Method));
        Hold(operation, reply);
        if ((int)reply.Status < 300)
        {
            HoldRequest(operation, query, body, headers);
        }

        return reply;
    }

    private void HoldRequest(ApiOperation operation, string query, string? body, (string Name, string Value)[] headers)
    {
        if (body is not null && operation.RequestSchema is { } schema)
        {
            Report(operation, "request", schemas.Errors(schema, JsonNode.Parse(body)));
        }

        var names = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Uri.UnescapeDataString(part.Split('=')[0]));
        Report(operation, "request", names.Concat(headers.Select(header => header.Name))
            .Where(name => !operation.Parameters.Contains(name, StringComparer.Ordinal) && name != "Accept")
            .Select(name => $"{name} is no parameter."));
    }

    private void Hold(ApiOperation operation, Reply reply)
    {
        var status = ((int)reply.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Answered.Add((operation.Id, status));
        if (operation.Responses[status] is not { } response)
        {
            Violations.Add($"{operation.Id}: {status} is not described: {reply.Text}");
            return;
        }

        Report(operation, status, HeaderErrors(response, reply).Concat(BodyErrors(response, reply)));
    }

    private IEnumerable<string> BodyErrors(JsonNode response, Reply reply)
    {
        if (response["content"] is not { } content)
        {
            return reply.Text.Length == 0 ? [] : ["has a body."];
        }

        var type = reply.Headers.GetValueOrDefault("Content-Type", "").Split(';')[0];
        if (type == EventStream && reply.Text.Length == 0)
        {
            return content[type] is null ? ["is a stream."] : [];
        }

        return content[type] is { } media ? schemas.Errors(media["schema"]!, reply.Json) : [$"is of the type {type}."];
    }

    private static IEnumerable<string> HeaderErrors(JsonNode response, Reply reply)
    {
        var described = response["headers"]?.AsObject() ?? [];
        var missing = described.Where(header =>
            header.Value!["required"]?.GetValue<bool>() == true && !reply.Headers.ContainsKey(header.Key));
        var others = Headers.Where(name => reply.Headers.ContainsKey(name) && !described.ContainsKey(name));
        return missing.Select(header => $"lacks {header.Key}.").Concat(others.Select(name => $"has {name}, which is not described."));
    }

    private void Report(ApiOperation operation, string where, IEnumerable<string> errors) =>
        Violations.UnionWith(errors.Select(error => $"{operation.Id} {where}: {error}"));
}

/// <summary>An operation of a document.</summary>
internal sealed record ApiOperation(string Path, string Method, JsonNode Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public JsonNode Responses => Json["responses"]!;

    public bool IsStream => Responses["200"]?["content"]?[ApiContract.EventStream] is not null;

    public bool IsOpen => Json["security"]!.AsArray().Count == 0;

    /// <summary>The names of its parameters of the query and the header.</summary>
    public IReadOnlyList<string> Parameters =>
    [
        .. (Json["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["in"]!.GetValue<string>() != "path")
            .Select(parameter => parameter!["name"]!.GetValue<string>()),
    ];

    /// <summary>The parameters of the path, in their order.</summary>
    public IReadOnlyList<string> PathParameters =>
        [.. Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))];

    public string? MediaType => Json["requestBody"]?["content"]?.AsObject().First().Key;

    public JsonNode? RequestSchema => MediaType is { } type ? Json["requestBody"]!["content"]![type]!["schema"] : null;

    public string Address(string[] values)
    {
        var address = Path;
        foreach (var (name, value) in PathParameters.Zip(values))
        {
            address = address.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        return address;
    }
}
