namespace ContactsService.Client;

/// <summary>
/// What to change of a postal address: a property that is never assigned stays as it is, one that is assigned null is unset.
/// </summary>
public sealed class AddressPatch
{
    internal PatchMembers Changes { get; } = new();

    /// <summary>Street and number.</summary>
    public string? Street { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>City.</summary>
    public string? City { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>State or region.</summary>
    public string? State { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Postal code.</summary>
    public string? ZipCode { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>Country.</summary>
    public string? Country { get => Changes.Get<string>(); set => Changes.Set(value); }
}
