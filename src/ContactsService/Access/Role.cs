namespace ContactsService.Access;

internal enum Role
{
    /// <summary>Reads everything visible in the organization, writes the own book.</summary>
    Agent,

    /// <summary>Also writes the organization's contacts and manages tokens.</summary>
    Admin,
}

/// <summary>Names of roles.</summary>
internal static class Roles
{
    /// <summary>Returns the role with this exact name; null when there is none.</summary>
    public static Role? Find(string? name) => name switch { "admin" => Role.Admin, "agent" => Role.Agent, _ => null };
}
