namespace ContactsService.Changes;

/// <summary>What a change is about. The order of the words is that within a version.</summary>
internal static class ChangeKind
{
    public const string Contact = "contact";
    public const string Group = "group";
}
