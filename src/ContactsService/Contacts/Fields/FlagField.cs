using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Contacts.Fields;

/// <summary>True or false.</summary>
internal sealed class FlagField(string name, Func<Contact, bool?> get, Action<Contact, bool?> set) : ContactField<bool?>(name, get, set)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns => [new(SnakeCase.Of(Name), NpgsqlDbType.Boolean, contact => Get(contact))];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes => [new(Name, AttributeKind.Flag, SnakeCase.Of(Name))];

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact) => Set(contact, members.Flag(Name));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (Get(contact) is { } flag)
        {
            json.WriteBoolean(Name, flag);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) => [];
}
