using System.Globalization;

namespace ContactsService.Tests.Mirrors;

/// <summary>How long the tests of mirrors run: short and seeded, unless <c>scripts/soak</c> asks for more.</summary>
internal static class Soak
{
    /// <summary>The seeds of the runs.</summary>
    /// <param name="usual">Those without <c>scripts/soak</c>.</param>
    public static TheoryData<int> Seeds(params int[] usual) => [.. Number("SOAK_SEED") is { } seed ? [seed] : usual];

    /// <summary>How many writes a run has.</summary>
    /// <param name="usual">The number without <c>scripts/soak</c>.</param>
    public static int Writes(int usual) => Number("SOAK_WRITES") ?? usual;

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
