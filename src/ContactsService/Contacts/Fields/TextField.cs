using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Contacts.Fields;

/// <summary>A text; compared without regard to case.</summary>
internal class TextField(string name, Func<Contact, string?> get, Action<Contact, string?> set) : ContactField<string?>(name, get, set)
{
    /// <summary>True when an index holds the first 64 characters.</summary>
    public bool HasPrefixIndex { get; init; }

    /// <summary>The column with the first 256 characters that an index has in their order; null for none.</summary>
    public string? SortColumn { get; init; }

    /// <summary>How values compare.</summary>
    protected virtual AttributeKind Kind => AttributeKind.Text;

    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns => [new(SnakeCase.Of(Name), NpgsqlDbType.Text, contact => Folded(Get(contact)))];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes =>
    [
        new(Name, Kind, SnakeCase.Of(Name))
        {
            Aliases = Alias is null ? [] : [Alias], HasPrefixIndex = HasPrefixIndex, SortColumn = SortColumn,
        },
    ];

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact) =>
        Set(contact, members.Text(Name, members.KeepsUnknown ? null : Alias));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (Get(contact) is { } text)
        {
            json.WriteString(Name, text);
        }
    }

    // Clients that encrypt leave empty texts as they are.
    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) => Get(contact) is { Length: > 0 } text ? [text] : [];

    private static string? Folded(string? text) => text is null ? null : CaseFolding.Text(text);
}
