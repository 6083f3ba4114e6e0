using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ContactsService.Client;

/// <summary>
/// Many writes in one request. Safe for any number of threads. Besides the documented exceptions, all methods throw
/// <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when there is no response, and
/// <see cref="JsonException"/> when the response cannot be read.
/// </summary>
public sealed class BulkCalls
{
    /// <summary>The most operations of a request.</summary>
    public const int MaxOperations = 1000;

    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly Exchange exchange;

    internal BulkCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>
    /// Executes operations in one transaction and in this order, each as it would be executed alone. One that fails does not throw: its
    /// result has the <see cref="BulkResult.Problem"/>. Retries within the call execute them only once.
    /// </summary>
    /// <param name="operations">The operations, at most <see cref="MaxOperations"/>, in all 4 MiB of JSON, 256 KiB each.</param>
    /// <param name="options">How they are executed; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the request. The operations may have been executed nevertheless.</param>
    /// <returns>A result for each operation, in their order.</returns>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxOperations"/>.</exception>
    /// <exception cref="ProblemException">
    /// <c>bulk-failed</c>: an operation of an atomic request failed, and nothing was stored;
    /// <see cref="ProblemException.BulkResults"/> says why. <c>body-too-large</c>: more than 4 MiB. <c>invalid-members</c>: two operations
    /// have the same bulkId.
    /// </exception>
    public async Task<IReadOnlyList<BulkResult>> SendAsync(
        IReadOnlyList<BulkOperation> operations, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        if (operations.Count > MaxOperations)
        {
            throw new ArgumentException(
                $"A request has at most {MaxOperations} operations. {nameof(SendAllAsync)} sends more in several requests.",
                nameof(operations));
        }

        options ??= new();
        var call = new Call(HttpMethod.Post, "bulk") { IdempotencyKey = options.IdempotencyKey ?? Call.NewKey() };
        try
        {
            var reply = await exchange.SendAsync(call.With(Body(operations, options)), cancellationToken).ConfigureAwait(false);
            return Results(operations, reply.Read(ClientJson.Wire.BulkResultList).Results);
        }
        catch (ProblemException problem) when (problem.Results is { } results)
        {
            problem.BulkResults = Results(operations, results);
            throw;
        }
    }

    /// <summary>
    /// Executes any number of operations in as many requests as are needed, one after the other, and returns their results in their order.
    /// Each request is a transaction of its own: after an exception, the operations whose results were returned are executed, and those of
    /// the request that failed may be.
    /// </summary>
    /// <param name="operations">The operations, taken as they are needed. None may have a <see cref="BulkOperation.BulkId"/>.</param>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An operation has a bulkId, which would mean nothing in the next request.</exception>
    public async IAsyncEnumerable<BulkResult> SendAllAsync(
        IEnumerable<BulkOperation> operations, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        foreach (var request in Requests(operations))
        {
            foreach (var result in await SendAsync(request, null, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private static IEnumerable<List<BulkOperation>> Requests(IEnumerable<BulkOperation> operations)
    {
        List<BulkOperation> request = [];
        var bytes = 0;
        foreach (var operation in operations)
        {
            if (operation.BulkId is not null)
            {
                throw new ArgumentException($"References do not reach into other requests. Use {nameof(SendAsync)}.", nameof(operations));
            }

            if (request.Count == MaxOperations || (request.Count > 0 && bytes + operation.Json.Length > MaxBytes - 1024))
            {
                yield return request;
                (request, bytes) = ([], 0);
            }

            request.Add(operation);
            bytes += operation.Json.Length + 1;
        }

        if (request.Count > 0)
        {
            yield return request;
        }
    }

    private static byte[] Body(IReadOnlyList<BulkOperation> operations, BulkOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("operations");
            foreach (var operation in operations)
            {
                writer.WriteRawValue(operation.Json, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteBoolean("atomic", options.Atomic);
            if (options.FailOnErrors is { } failures)
            {
                writer.WriteNumber("failOnErrors", failures);
            }

            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static List<BulkResult> Results(IReadOnlyList<BulkOperation> operations, IReadOnlyList<BulkResultBody> results) =>
        results.Count == operations.Count
            ? [.. operations.Zip(results, (operation, result) => new BulkResult(operation, result))]
            : throw new JsonException($"The service answered {results.Count} results for {operations.Count} operations.");
}
