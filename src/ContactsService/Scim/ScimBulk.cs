using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Executes bulk requests (RFC 7644, 3.7) in one transaction. An operation that fails is undone alone.</summary>
internal sealed class ScimBulk(ScimUserWriter writer, BookTransaction transaction)
{
    private const string ResponseUrn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
    private const string Users = "/Users";
    private const string BulkIdPrefix = "bulkId:";

    /// <summary>Executes the operations in order.</summary>
    /// <param name="caller">The caller, whose organization is written to.</param>
    /// <param name="request">The operations.</param>
    /// <param name="baseUrl">The base address of the API.</param>
    /// <param name="step">Called after each operation.</param>
    /// <param name="cancellationToken">Cancels the wait for the lock, not a write that has begun.</param>
    public async Task<JsonObject> RunAsync(
        Caller caller, ScimBulkRequest request, string baseUrl, Action step, CancellationToken cancellationToken)
    {
        // The ids are created before the first operation, so that operations may refer to each other in any order, also mutually.
        var ids = NewIds(request);
        var results = await writer.LockedAsync(
            caller, () => RunAllAsync(caller, request, ids, baseUrl, step, cancellationToken), cancellationToken);
        return new JsonObject { ["schemas"] = new JsonArray(ResponseUrn), ["Operations"] = results };
    }

    private async Task<JsonArray> RunAllAsync(
        Caller caller,
        ScimBulkRequest request,
        Dictionary<string,
        string> ids,
        string baseUrl,
        Action step,
        CancellationToken cancellationToken)
    {
        var results = new JsonArray();
        var errors = 0;
        foreach (var operation in request.Operations)
        {
            var result = await RunAsync(caller, operation, ids, baseUrl, cancellationToken);
            results.Add((JsonNode)result);
            step();
            if (result.ContainsKey("response") && ++errors >= request.FailOnErrors)
            {
                break;
            }
        }

        return results;
    }

    private static Dictionary<string, string> NewIds(ScimBulkRequest request)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var bulkIds = request.Operations.Where(operation => operation.Method == "POST")
            .Select(operation => operation.BulkId).OfType<string>();
        foreach (var bulkId in bulkIds)
        {
            if (!ids.TryAdd(bulkId, ScimUserWriter.NewId()))
            {
                throw ScimException.InvalidValue($"The bulkId {ScimException.Quote(bulkId)} appears twice.");
            }
        }

        return ids;
    }

    private async Task<JsonObject> RunAsync(
        Caller caller, ScimBulkOperation operation, Dictionary<string, string> ids, string baseUrl, CancellationToken cancellationToken)
    {
        var result = new JsonObject { ["method"] = operation.Method };
        if (operation.BulkId is not null)
        {
            result["bulkId"] = operation.BulkId;
        }

        try
        {
            var (status, location, version) = await transaction.AttemptAsync(
                () => WriteAsync(caller, operation, ids, baseUrl, cancellationToken), cancellationToken);
            result["location"] = location;
            if (version is not null)
            {
                result["version"] = version;
            }

            result["status"] = status.ToString(CultureInfo.InvariantCulture);
        }
        catch (ScimException failure)
        {
            if (operation.Method != "POST" && operation.Path.Length > 0)
            {
                result["location"] = baseUrl + operation.Path;
            }

            result["status"] = failure.Status.ToString(CultureInfo.InvariantCulture);
            result["response"] = ScimErrors.Body(failure);
        }

        return result;
    }

    private async Task<(int Status, string Location, string? Version)> WriteAsync(
        Caller caller, ScimBulkOperation operation, Dictionary<string, string> ids, string baseUrl, CancellationToken cancellationToken)
    {
        operation.RefuseOthers();
        if (operation.Method is not ("POST" or "PUT" or "PATCH" or "DELETE"))
        {
            throw ScimException.InvalidSyntax("The method must be POST, PUT, PATCH or DELETE.");
        }

        if (operation.Method == "POST")
        {
            if (operation.Path != Users)
            {
                throw ScimException.InvalidPath($"The path of a POST must be {Users}.");
            }

            var bulkId = operation.BulkId ?? throw ScimException.InvalidSyntax("POST needs a bulkId.");
            var added = await writer.AddAsync(caller, ids[bulkId], Resolved(ScimUserJson.Read(Data(operation)), ids), cancellationToken);
            return (StatusCodes.Status201Created, added.Location(baseUrl), added.ETag);
        }

        var id = IdOf(operation, ids);
        var precondition = new ScimPrecondition(operation.Version);
        switch (operation.Method)
        {
            case "PUT":
                var user = Resolved(ScimUserJson.Read(Data(operation)), ids);
                return Done(await writer.ChangeAsync(caller, id, _ => user, precondition, cancellationToken), baseUrl);
            case "PATCH":
                var patch = Data(operation);
                var changed = await writer.ChangeAsync(
                    caller, id, current => Resolved(ScimPatch.Apply(current, patch), ids), precondition, cancellationToken);
                return Done(changed, baseUrl);
            default:
                return await writer.RemoveAsync(caller, id, precondition, cancellationToken)
                    ? (StatusCodes.Status204NoContent, $"{baseUrl}{Users}/{id}", null)
                    : throw Unknown();
        }
    }

    private static (int Status, string Location, string? Version) Done(ScimUser? user, string baseUrl) =>
        user is null ? throw Unknown() : (StatusCodes.Status200OK, user.Location(baseUrl), user.ETag);

    private static ScimException Unknown() => new(StatusCodes.Status404NotFound, null, "No user with this id exists.");

    private static string IdOf(ScimBulkOperation operation, Dictionary<string, string> ids)
    {
        var prefix = $"{Users}/";
        if (!operation.Path.StartsWith(prefix, StringComparison.Ordinal) || operation.Path.Length == prefix.Length)
        {
            throw ScimException.InvalidPath($"The path of a {operation.Method} must be {prefix}<id>.");
        }

        return Resolve(operation.Path[prefix.Length..], ids);
    }

    private static JsonElement Data(ScimBulkOperation operation)
    {
        var data = operation.Data ?? throw ScimException.InvalidSyntax($"{operation.Method} needs data.");
        try
        {
            JsonBody.Check(data);
            return data;
        }
        catch (ProblemException invalid)
        {
            throw ScimException.Of(invalid);
        }
    }

    // Of all writable attributes, only the manager refers to another resource (RFC 7644, 3.7.2). The reference is replaced after reading,
    // because clients send the manager in several forms.
    private static JsonObject Resolved(JsonObject user, Dictionary<string, string> ids)
    {
        if (user[ScimExtensionSchemas.Enterprise.Urn]?["manager"] is JsonObject manager && manager["value"] is { } id)
        {
            manager["value"] = Resolve(id.GetValue<string>(), ids);
        }

        return user;
    }

    private static string Resolve(string text, Dictionary<string, string> ids)
    {
        if (!text.StartsWith(BulkIdPrefix, StringComparison.Ordinal))
        {
            return text;
        }

        var bulkId = text[BulkIdPrefix.Length..];
        return ids.GetValueOrDefault(bulkId)
            ?? throw new ScimException(
                StatusCodes.Status409Conflict, "invalidValue", $"There is no POST with the bulkId {ScimException.Quote(bulkId)}.");
    }
}
