namespace ContactsService.Commands;

/// <summary>Tells how the program is called, to those who ask or call it otherwise.</summary>
internal static class Usage
{
    private const string Text = $"""
        Usage:
          ContactsService [--Section:Setting value]...    serves; docs/configuration.md has the settings
          ContactsService token --help                    issues, lists and revokes tokens
          ContactsService migrate                         brings the tables to this version, and ends
          ContactsService restore-epoch --help            makes ETags and change tokens of before a restore void
        """;

    /// <summary>True for a call for help, and for a first word that is neither a command nor a setting.</summary>
    public static bool IsAsked(string[] args) => args is ["-h" or "--help" or "-?", ..]
        || (args.Length > 0 && args[0].Length > 0 && char.IsLetter(args[0][0]) && !args[0].Contains('='));

    /// <summary>Prints it.</summary>
    /// <returns>The exit code: 0 when it was asked for, else 2.</returns>
    public static Task<int> PrintAsync(string[] args)
    {
        var isWanted = args[0].StartsWith('-');
        (isWanted ? Console.Out : Console.Error).WriteLine(Text);
        return Task.FromResult(isWanted ? 0 : 2);
    }
}
