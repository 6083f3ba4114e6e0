using System.Text.Json.Nodes;

namespace ContactsService.Tests.Bulk;

/// <summary>Bulk requests.</summary>
internal static class BulkCalls
{
    /// <summary>Sends operations and returns their results.</summary>
    public static async Task<JsonArray> BulkAsync(this Person person, params string[] operations) =>
        (await person.PostAsync("/bulk", Body(operations))).ShouldBe(200)["results"]!.AsArray();

    /// <summary>The body of a request.</summary>
    public static string Body(IEnumerable<string> operations, string more = "") =>
        $$"""{"operations":[{{string.Join(',', operations)}}]{{more}}}""";

    /// <summary>An operation.</summary>
    public static string Post(string path, string data, string? bulkId = null) => Operation("POST", path, data, bulkId);

    /// <summary>An operation.</summary>
    public static string Put(string path, string? data = null, string? bulkId = null) => Operation("PUT", path, data, bulkId);

    /// <summary>An operation.</summary>
    public static string Patch(string path, string data) => Operation("PATCH", path, data);

    /// <summary>An operation.</summary>
    public static string Delete(string path) => Operation("DELETE", path);

    /// <summary>An operation with a precondition.</summary>
    public static string If(string operation, string member, string tags)
    {
        var node = JsonNode.Parse(operation)!;
        node[member] = tags;
        return node.ToJsonString();
    }

    /// <summary>A CUSTOM contact.</summary>
    public static string Custom(string name, string more = "") => $$"""{"contactType":"CUSTOM","displayName":"{{name}}"{{more}}}""";

    /// <summary>The status of a result.</summary>
    public static int Status(this JsonNode? result) => result!["status"]!.GetValue<int>();

    /// <summary>The statuses of results.</summary>
    public static int[] Statuses(this JsonArray results) => [.. results.Select(result => result.Status())];

    /// <summary>The code of a failure.</summary>
    public static string Code(this JsonNode? result) => result!["problem"]!["code"]!.GetValue<string>();

    /// <summary>A text in the data of a result.</summary>
    public static string Data(this JsonNode? result, string member) => result!["data"]![member]!.GetValue<string>();

    /// <summary>Requires that the result shows what a read answers.</summary>
    public static void ShouldShow(this JsonNode? result, Reply read)
    {
        Assert.Equal(read.ShouldBe(200).Json.ToJsonString(), result!["data"]!.ToJsonString());
        Assert.Equal(read.ETag, result["etag"]!.GetValue<string>());
    }

    /// <summary>Requires a failure.</summary>
    public static JsonNode ShouldFail(this JsonNode? result, int status, string code, string? member = null)
    {
        Assert.True(result.Status() == status, $"Expected {status}: {result!.ToJsonString()}");
        Assert.Equal(code, result.Code());
        Assert.Equal(status, result!["problem"]!["status"]!.GetValue<int>());
        Assert.Null(result["data"]);
        if (member is not null)
        {
            Assert.True(result["problem"]!["errors"]?[member] is not null, $"No error about {member}: {result.ToJsonString()}");
        }

        return result;
    }

    private static string Operation(string method, string path, string? data = null, string? bulkId = null)
    {
        var operation = new JsonObject { ["method"] = method, ["path"] = path };
        if (data is not null)
        {
            operation["data"] = JsonNode.Parse(data);
        }

        if (bulkId is not null)
        {
            operation["bulkId"] = bulkId;
        }

        return operation.ToJsonString();
    }
}
