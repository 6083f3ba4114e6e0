using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Contacts.Fields;

/// <summary>A list of ways to reach a contact; any entry's value is compared.</summary>
internal sealed class PointsField(
    string name, Func<Contact, IReadOnlyList<ContactPoint>?> get, Action<Contact, IReadOnlyList<ContactPoint>?> set)
    : ContactField<IReadOnlyList<ContactPoint>?>(name, get, set)
{
    /// <summary>True when values are compared by their digits.</summary>
    public bool HoldsPhoneNumbers { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns =>
        [new(SnakeCase.Of(Name), ContactColumn.Texts, contact => Folded(Get(contact))) { HasLookup = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes =>
    [
        new(Name, HoldsPhoneNumbers ? AttributeKind.Phones : AttributeKind.Texts, SnakeCase.Of(Name))
        {
            Aliases = Alias is null ? [] : [Alias], HasLookup = true,
        },
    ];

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact) => Set(
        contact,
        Alias is null || members.KeepsUnknown ? members.Objects(Name, ContactPoint.Read) : ReadWithAlias(members, Alias));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (Get(contact) is not { } points)
        {
            return;
        }

        json.WriteStartArray(Name);
        foreach (var point in points)
        {
            point.Write(json);
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    protected override bool IsSame(IReadOnlyList<ContactPoint>? value, IReadOnlyList<ContactPoint>? other) =>
        value is not { Count: > 0 } || value.SequenceEqual(other ?? []);

    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) => Get(contact)?.Select(point => point.Value) ?? [];

    // The Genesys page has one string under the other name, the Webex guide's example a list.
    private IReadOnlyList<ContactPoint>? ReadWithAlias(MemberReader members, string alias)
    {
        var points = ReadPointsOrText(members, Name);
        var other = ReadPointsOrText(members, alias);
        if (points is not null && other is not null && !IsMeant(points, other))
        {
            members.Refuse(alias, $"It is another name for {Name} and says something else.");
        }

        return points ?? other;
    }

    private static IReadOnlyList<ContactPoint>? ReadPointsOrText(MemberReader members, string name) =>
        members.Find(name)?.ValueKind == JsonValueKind.String
            ? [FromText(members.Text(name)!)]
            : members.Objects(name, ContactPoint.Read, FromText);

    // A single value under the alias agrees with a list of one, whatever else the list says of it.
    private static bool IsMeant(IReadOnlyList<ContactPoint> points, IReadOnlyList<ContactPoint> other) =>
        points.SequenceEqual(other) || (other is [{ Type: null, Primary: null } one] && points is [var only] && only.Value == one.Value);

    private static ContactPoint FromText(string value) => new() { Value = value };

    // An empty list is kept as one in the text; to a filter it is as good as absent.
    private string[]? Folded(IReadOnlyList<ContactPoint>? points) => points is { Count: > 0 }
        ? [.. points.Select(point => HoldsPhoneNumbers ? CaseFolding.Phone(point.Value!) : CaseFolding.Text(point.Value!))]
        : null;
}
