using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>A contact as callers read it: the ready text, and behind it what columns hold.</summary>
/// <param name="ContactId">Its id.</param>
/// <param name="IsOwn">True for the caller's own book, false for the organization's.</param>
/// <param name="Body">Ready members.</param>
/// <param name="Groups">Empty for contacts of the organization.</param>
/// <param name="Resolved">Null for what is no reference to the directory.</param>
/// <param name="Version">The revision of the book that last changed it.</param>
/// <param name="Created">UTC.</param>
/// <param name="LastModified">UTC.</param>
/// <param name="IsCloud">True for what stands for somebody of the directory.</param>
internal sealed record ContactView(
    string ContactId, bool IsOwn, byte[] Body, Guid[] Groups, bool? Resolved, long Version, DateTime Created, DateTime LastModified, bool IsCloud)
{
    /// <summary>The columns that <see cref="Read"/> expects, from the alias <c>c</c>; <c>$1</c> is the caller's own book.</summary>
    public const string Columns =
        "c.contact_id, c.book_id = $1 AS is_own, c.body, c.group_ids, c.resolved, c.version, c.created, c.last_modified, c.contact_type";

    /// <summary>How many they are: what a query adds stands behind them.</summary>
    public const int ColumnCount = 9;

    /// <summary>Reads a row.</summary>
    public static ContactView Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetBoolean(1),
        row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<Guid[]>(3),
        row.IsDBNull(4) ? null : row.GetBoolean(4),
        row.GetInt64(5),
        row.GetDateTime(6),
        row.GetDateTime(7),
        row.GetString(8) == "CLOUD");

    /// <summary>Writes the JSON object.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="fields">The members to write; null for all.</param>
    public void Write(IBufferWriter<byte> output, IReadOnlySet<string>? fields = null)
    {
        var view = new ViewWriter(output, fields);
        view.Ready(Body);
        if (IsOwn)
        {
            view.Ids("groups", Groups);
        }

        if (Resolved is { } resolved)
        {
            view.Member("resolved", resolved ? "true"u8 : "false"u8);
        }

        view.Meta(Created, LastModified, Version);
        view.End();
    }

    /// <summary>The book it is in.</summary>
    public BookKey Book(Caller caller) => IsOwn ? caller.Own : caller.Shared;

    /// <summary>The strong ETag.</summary>
    public string ETag(Caller caller) => Answer.Tag(Book(caller).Tag, Version);

    /// <summary>The whole answer.</summary>
    public Answer ToAnswer(Caller caller, int status)
    {
        var output = new ArrayBufferWriter<byte>(Body.Length + 256 + (Groups.Length * 40));
        Write(output);
        return new Answer(status, output.WrittenMemory) { ETag = ETag(caller) };
    }
}
