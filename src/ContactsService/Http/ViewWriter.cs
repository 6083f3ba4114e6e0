using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>Writes a JSON object from stored JSON text and from columns. With <c>fields</c> it writes only the named members.</summary>
internal ref struct ViewWriter
{
    private readonly IBufferWriter<byte> output;
    private readonly HashSet<string>? fields;
    private bool begun;

    /// <summary>Begins the object.</summary>
    public ViewWriter(IBufferWriter<byte> output, HashSet<string>? fields)
    {
        this.output = output;
        this.fields = fields;
        output.Write("{"u8);
    }

    /// <summary>Writes members from stored JSON text without braces.</summary>
    public void Ready(ReadOnlySpan<byte> members)
    {
        if (fields is null)
        {
            output.Write(members);
            begun = true;
            return;
        }

        var length = members.Length + 2;
        var text = ArrayPool<byte>.Shared.Rent(length);
        text[0] = (byte)'{';
        members.CopyTo(text.AsSpan(1));
        text[length - 1] = (byte)'}';
        Chosen(text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }

    /// <summary>Writes a member. Its value is JSON, in up to three parts.</summary>
    public void Member(string name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        if (!Begin(name))
        {
            return;
        }

        output.Write(value);
        output.Write(second);
        output.Write(third);
    }

    public void Number(string name, long value)
    {
        if (Begin(name))
        {
            Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
            output.Advance(written);
        }
    }

    public void Ids(string name, Guid[] ids)
    {
        if (!Begin(name))
        {
            return;
        }

        const int EntryLength = 39; // a comma, two quotes and 36 characters
        var span = output.GetSpan((ids.Length * EntryLength) + 2);
        span[0] = (byte)'[';
        var length = 1;
        foreach (var id in ids)
        {
            if (length > 1)
            {
                span[length++] = (byte)',';
            }

            span[length++] = (byte)'"';
            Utf8Formatter.TryFormat(id, span[length..], out var written);
            length += written;
            span[length++] = (byte)'"';
        }

        span[length++] = (byte)']';
        output.Advance(length);
    }

    public void Meta(DateTime created, DateTime lastModified, long version, string etag)
    {
        if (!Begin("meta"))
        {
            return;
        }

        Times(created, lastModified);
        output.Write(",\"version\":"u8);
        Utf8Formatter.TryFormat(version, output.GetSpan(20), out var written);
        output.Advance(written);
        output.Write(",\"etag\":\"\\\""u8);
        Encoding.UTF8.GetBytes(etag.AsSpan(1, etag.Length - 2), output); // without its quotes, which JSON escapes
        output.Write("\\\"\"}"u8);
    }

    /// <summary>Writes <c>meta</c> for an API without versions.</summary>
    public void Meta(DateTime created, DateTime lastModified)
    {
        if (Begin("meta"))
        {
            Times(created, lastModified);
            output.Write("}"u8);
        }
    }

    public readonly void End() => output.Write("}"u8);

    // Members are copied as they are, without parsing their values.
    private void Chosen(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChosen = IsChosen(ref reader);
            var start = (int)reader.TokenStartIndex;
            reader.Read();
            reader.Skip();
            if (isChosen)
            {
                Separate();
                output.Write(json[start..(int)reader.BytesConsumed]);
            }
        }
    }

    private readonly bool IsChosen(ref Utf8JsonReader reader)
    {
        foreach (var field in fields!)
        {
            if (reader.ValueTextEquals(field))
            {
                return true;
            }
        }

        return false;
    }

    private bool Begin(string name)
    {
        if (fields is not null && !fields.Contains(name))
        {
            return false;
        }

        Separate();
        output.Write("\""u8);
        Encoding.UTF8.GetBytes(name, output);
        output.Write("\":"u8);
        return true;
    }

    private void Separate()
    {
        if (begun)
        {
            output.Write(","u8);
        }

        begun = true;
    }

    private readonly void Times(DateTime created, DateTime lastModified)
    {
        output.Write("{\"created\":\""u8);
        Time(created);
        output.Write("\",\"lastModified\":\""u8);
        Time(lastModified);
        output.Write("\""u8);
    }

    private readonly void Time(DateTime utc) => output.Advance(Timestamps.Write(utc, output.GetSpan(Timestamps.MaxLength)));
}
