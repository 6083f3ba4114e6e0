using System.Globalization;

namespace ContactsService.Tests.Mirrors;

/// <summary>What <c>scripts/soak</c> asks for.</summary>
internal static class Soak
{
    public static int Seed => Number("SOAK_SEED");

    public static int Writes => Number("SOAK_WRITES");

    private static int Number(string name) => int.Parse(
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: run scripts/soak."),
        CultureInfo.InvariantCulture);
}
