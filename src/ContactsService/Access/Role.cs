namespace ContactsService.Access;

/// <summary>What a caller may do.</summary>
internal enum Role
{
    /// <summary>Reads all there is in the organization, writes the own book.</summary>
    Agent,

    /// <summary>Also writes the organization's contacts, and tokens.</summary>
    Admin,
}

/// <summary>Roles as they are written.</summary>
internal static class Roles
{
    /// <summary>The role of that name, exactly; null when there is none.</summary>
    public static Role? Find(string? name) => name switch { "admin" => Role.Admin, "agent" => Role.Agent, _ => null };
}
