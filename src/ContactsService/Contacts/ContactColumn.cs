using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>A column of the table of contacts that holds a normalised value, to filter and sort by.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Text, boolean or a list of texts.</param>
/// <param name="Value">The value of a contact; null when it is not set.</param>
internal sealed record ContactColumn(string Name, NpgsqlDbType Type, Func<Contact, object?> Value)
{
    /// <summary>The type of lists.</summary>
    public const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>True for a list whose entries are found through the lookup index.</summary>
    public bool HasLookup { get; init; }

    /// <summary>Its type in the model of the database.</summary>
    public Type ModelType => Type switch
    {
        NpgsqlDbType.Text => typeof(string),
        NpgsqlDbType.Boolean => typeof(bool?),
        _ => typeof(string[]),
    };
}
