using System.Buffers;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Filtering;

/// <summary>A page of a list while it is written.</summary>
internal sealed class ListPage(ListQuery query)
{
    // A page of 1,000 contacts at their largest would not fit into memory; a page may end early at any entry.
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);
    private int count;
    private string? tokenBehindLast;

    /// <summary>Where entries are written to.</summary>
    public IBufferWriter<byte> Output => output;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Body => output.WrittenMemory;

    /// <summary>The token of the next page; null when this is the last.</summary>
    public string? NextToken { get; private set; }

    /// <summary>Begins an entry, with a comma where one is due.</summary>
    /// <returns>False when the page is full: the row is the first of the next page.</returns>
    public bool BeginEntry()
    {
        if (tokenBehindLast is not null)
        {
            NextToken = tokenBehindLast;
            return false;
        }

        if (count++ > 0)
        {
            output.Write(","u8);
        }

        return true;
    }

    /// <summary>Ends an entry; the row's columns from <paramref name="firstKey"/> on are its sort keys.</summary>
    public void EndEntry(NpgsqlDataReader row, int firstKey, string id)
    {
        if (count == query.PageSize || output.WrittenCount >= MaxBytes)
        {
            var keys = new object[query.Order.Count];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = row.GetValue(firstKey + i);
            }

            tokenBehindLast = PageToken.Write(query.Seal, query.Binding.Value, keys, id);
        }
    }

    /// <summary>Writes the member that leads on, where there is more.</summary>
    public void WriteNextToken()
    {
        if (NextToken is not null)
        {
            output.Write(",\"nextPageToken\":\""u8);
            output.Write(System.Text.Encoding.UTF8.GetBytes(NextToken));
            output.Write("\""u8);
        }
    }

    /// <summary>The answer.</summary>
    public Answer ToAnswer(HttpRequest request, string etag) => new(StatusCodes.Status200OK, Body)
    {
        ETag = etag,
        Link = NextToken is null ? null : ListQuery.Link(request, NextToken),
    };
}
