using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>The result of an operation: what its answer alone has as status, headers and body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Id">The contact or group; null when it is not in the answer.</param>
internal sealed record BulkResult(int Status, string? Id = null)
{
    /// <summary>Where it was created; null when nothing was.</summary>
    public string? Location { get; init; }

    /// <summary>The ETag, with its quotes; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>True when nothing was written, because all was there already.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The problem of a failure; null for a success.</summary>
    public ProblemException? Problem { get; init; }

    /// <summary>Writes the JSON object of a success; null for none.</summary>
    public Action<IBufferWriter<byte>>? Data { get; init; }

    /// <summary>A contact.</summary>
    public static BulkResult Of(Caller caller, ContactView contact, bool isNew, bool isUnchanged) =>
        new(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, contact.ContactId)
        {
            Location = isNew ? $"/contacts/{contact.ContactId}" : null,
            ETag = contact.ETag(caller),
            IsUnchanged = isUnchanged,
            Data = output => contact.Write(output, caller),
        };

    /// <summary>A group.</summary>
    public static BulkResult Of(Caller caller, GroupView group, bool isNew, bool isUnchanged) =>
        new(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, group.GroupId.ToString())
        {
            Location = isNew ? $"/groups/{group.GroupId}" : null,
            ETag = group.ETag(caller.Own),
            IsUnchanged = isUnchanged,
            Data = output => group.Write(output, caller.Own),
        };

    /// <summary>A change of one member.</summary>
    public static BulkResult Of(Caller caller, long groupVersion, bool isUnchanged) => new(StatusCodes.Status204NoContent)
    {
        ETag = Answer.Tag(caller.Own.Tag, groupVersion),
        IsUnchanged = isUnchanged,
    };

    /// <summary>A deletion.</summary>
    public static readonly BulkResult NoContent = new(StatusCodes.Status204NoContent);

    /// <summary>A failure.</summary>
    public static BulkResult Of(ProblemException problem) => new(problem.Problem.Status) { Problem = problem, ETag = problem.ETag };

    /// <summary>Writes a list of results.</summary>
    public static void WriteAll(IBufferWriter<byte> output, IReadOnlyList<BulkResult> results)
    {
        output.Write("["u8);
        for (var i = 0; i < results.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            results[i].Write(output);
        }

        output.Write("]"u8);
    }

    private void Write(IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"status\":{Status}")));
        Text(output, "location", Location);
        Text(output, "etag", ETag);
        if (IsUnchanged)
        {
            output.Write(",\"unchanged\":true"u8);
        }

        if (Data is not null)
        {
            output.Write(",\"data\":"u8);
            Data(output);
        }

        if (Problem is not null)
        {
            output.Write(",\"problem\":"u8);
            output.Write(ProblemJson.Write(Problem).Span);
        }

        output.Write("}"u8);
    }

    private static void Text(IBufferWriter<byte> output, string name, string? text)
    {
        if (text is not null)
        {
            output.Write(Encoding.UTF8.GetBytes($",\"{name}\":\"{JsonEncodedText.Encode(text, JsonText.Writer.Encoder)}\""));
        }
    }
}
