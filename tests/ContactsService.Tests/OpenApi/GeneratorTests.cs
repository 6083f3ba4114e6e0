namespace ContactsService.Tests.OpenApi;

/// <summary>One generator and one linter; <c>scripts/check-openapi</c> runs all of them.</summary>
[Trait("Speed", "Slow")]
public class GeneratorTests(Service service)
{
    // The tools that only the script runs are optional.
    private static readonly NodeProject Checks = new("OpenApi", "--omit=optional");

    [Fact]
    public async Task Compiles_a_typed_client_that_runs_and_has_nothing_to_warn_of()
    {
        await Checks.InstallAsync();
        var root = await service.AdminAsync();

        var (exitCode, output) = await Checks.RunAsync("node", ["check.mjs", "redocly", "openapi-typescript"], new(StringComparer.Ordinal)
        {
            ["CONTACTS_URL"] = service.Address.ToString(),
            ["CONTACTS_ORGANIZATION"] = root.Organization,
            ["CONTACTS_TOKEN"] = root.Token,
        });

        Assert.True(exitCode == 0, output);
        Assert.Equal(10, output.Split('\n').Count(line => line.StartsWith("ok - ", StringComparison.Ordinal)));
    }
}
