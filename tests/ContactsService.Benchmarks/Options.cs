namespace ContactsService.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Contacts">How many contacts there are.</param>
/// <param name="Rounds">How many seconds each program is measured in each case.</param>
/// <param name="Against">The folder of another build of the service to compare with; null for the other programs.</param>
/// <param name="Only">A part of the names of the cases to run; empty for all.</param>
/// <param name="IsGrowth">True to measure the service alone, over databases of growing size.</param>
internal sealed record Options(int Contacts, int Rounds, string? Against, string Only, bool IsGrowth)
{
    public const string Usage = "scripts/bench [--quick | --full] [--only PART-OF-A-CASE] [--against FOLDER-OF-ANOTHER-BUILD]";

    /// <summary>Null when they cannot be read.</summary>
    public static Options? Read(string[] args) => args switch
    {
        [] => new(1_000_000, 8, null, "", IsGrowth: false),
        ["--quick", .. var rest] => Read(rest) is { } read ? read with { Contacts = 100_000, Rounds = 4 } : null,
        ["--full", .. var rest] => Read(rest) is { } read ? read with { Contacts = 5_000_000, IsGrowth = true } : null,
        ["--only", var part, .. var rest] => Read(rest) is { } read ? read with { Only = part } : null,
        ["--against", var folder, .. var rest] => Read(rest) is { } read ? read with { Against = folder } : null,
        _ => null,
    };
}
