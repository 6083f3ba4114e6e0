using System.Buffers;
using System.Globalization;
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
/// <param name="DirectoryVersion">The revision of the directory's entry; null when there is none, or when it is the contact itself.</param>
internal sealed record ContactView(
    string ContactId,
    bool IsOwn,
    byte[] Body,
    Guid[] Groups,
    bool? Resolved,
    long Version,
    DateTime Created,
    DateTime LastModified,
    bool IsCloud,
    long? DirectoryVersion = null)
{
    /// <summary>The columns that <see cref="Read"/> expects, from a <see cref="VisibleContacts"/>.</summary>
    public const string Columns =
        "c.contact_id, c.is_own, c.body, c.group_ids, c.resolved, c.version, "
        + "c.created, c.last_modified, c.contact_type, c.own_body, c.directory_version";

    /// <summary>How many they are: what a query adds stands behind them.</summary>
    public const int ColumnCount = 11;

    /// <summary>Reads a row.</summary>
    public static ContactView Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetBoolean(1),
        row.IsDBNull(9) ? row.GetFieldValue<byte[]>(2) : DirectoryOverlay.Merge(row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(9)),
        row.GetFieldValue<Guid[]>(3),
        row.IsDBNull(4) ? null : row.GetBoolean(4),
        row.GetInt64(5),
        row.GetDateTime(6),
        row.GetDateTime(7),
        row.GetString(8) == "CLOUD",
        row.IsDBNull(10) ? null : row.GetInt64(10));

    /// <summary>Writes the JSON object.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="caller">Whose ETag it has.</param>
    /// <param name="fields">The members to write; null for all.</param>
    public void Write(IBufferWriter<byte> output, Caller caller, HashSet<string>? fields = null)
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

        view.Meta(Created, LastModified, Version, ETag(caller));
        view.End();
    }

    /// <summary>The book it is in.</summary>
    public BookKey Book(Caller caller) => IsOwn ? caller.Own : caller.Shared;

    /// <summary>
    /// The strong ETag. Behind the version, that of the directory's entry: a reader sees both, a writer changes the first.
    /// </summary>
    public string ETag(Caller caller) => DirectoryVersion is { } directory
        ? string.Create(CultureInfo.InvariantCulture, $"\"{Book(caller).Tag}-{Version}.{directory}\"")
        : Answer.Tag(Book(caller).Tag, Version);

    /// <summary>The whole answer.</summary>
    public Answer ToAnswer(Caller caller, int status)
    {
        var output = new ArrayBufferWriter<byte>(Body.Length + 256 + (Groups.Length * 40));
        Write(output, caller);
        return new Answer(status, output.WrittenMemory) { ETag = ETag(caller) };
    }
}
