namespace ContactsService.Tests.Access;

[Trait("Speed", "Slow")]
public class TokenCommandTests
{
    private static readonly string[] Issue = ["--organization", "acme", "--user", "ann", "--role", "agent"];

    [Fact]
    public async Task Lists_and_revokes_what_it_has_issued()
    {
        var settings = await SettingsAsync();
        var issued = await ServiceProcess.RunAsync(["token", "issue", .. Issue, "--name", "desk phone"], settings);
        Assert.Equal(0, issued.ExitCode);
        string[] arguments = ["token", "--organization", "other", "--user", "bob", "--role", "admin"];
        Assert.Equal(0, (await ServiceProcess.RunAsync(arguments, settings)).ExitCode);

        var (code, list, _) = await ServiceProcess.RunAsync(["token", "list", "--organization", "acme"], settings);
        Assert.Equal(0, code);
        var line = Assert.Single(list.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^[0-9a-f-]{36}\tann\tagent\tends 2[0-9T:.-]+Z\tnever used\tdesk phone$", line);
        Assert.DoesNotContain(issued.Output.Trim(), list, StringComparison.Ordinal);

        var id = line[..36];
        Assert.Equal(1, (await ServiceProcess.RunAsync(["token", "revoke", "--organization", "other", "--id", id], settings)).ExitCode);
        Assert.Equal(0, (await ServiceProcess.RunAsync(["token", "revoke", "--organization", "acme", "--id", id], settings)).ExitCode);
        var again = await ServiceProcess.RunAsync(["token", "revoke", "--organization", "acme", "--id", id], settings);
        Assert.Equal(
            (1, "The organization acme has no token with this id. List them: token list --organization acme\n"),
            (again.ExitCode, again.Error));
        var none = await ServiceProcess.RunAsync(["token", "list", "--organization", "acme"], settings);
        Assert.Equal((0, "", "The organization acme has no tokens.\n"), none);
    }

    [Theory]
    [InlineData(0, "token", "--help")]
    [InlineData(0, "token", "list", "-h")]
    [InlineData(2, "token", "list")]
    [InlineData(2, "token", "revoke", "--organization", "acme")]
    [InlineData(2, "token", "list", "--organization", "acme", "--user", "ann")]
    [InlineData(2, "token", "burn", "--organization", "acme")]
    public async Task Says_how_it_is_called(int expected, params string[] arguments)
    {
        var (code, output, error) = await ServiceProcess.RunAsync(arguments, await SettingsAsync());

        Assert.Equal(expected, code);
        Assert.Contains(
            "token revoke  --organization <id> --id <token id, as listed>", expected == 0 ? output : error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--colour: It is not known. Use: --organization, --user, --role, --scopes, --name, --days.", "issue", "--colour", "red")]
    [InlineData("--user: It is not known. Use: --organization.", "list", "--organization", "acme", "--user", "ann")]
    [InlineData("-organization: It is not known. Use: --organization.", "list", "-organization", "acme")]
    [InlineData("'burn': It is no argument. Use: --organization, --user, --role, --scopes, --name, --days.", "burn")]
    [InlineData("--organization: It has no value. Write: --organization <value>.", "list", "--organization")]
    [InlineData("--organization: It has no value. Write: --organization <value>.", "revoke", "--organization", "--id", "1")]
    [InlineData("--organization: It is there twice. Give it once.", "list", "--organization", "a", "--organization", "b")]
    [InlineData("--id: It is missing. Write: --id <value>.", "revoke", "--organization", "acme")]
    public async Task Says_which_argument_is_wrong_and_what_is_allowed(string sentence, params string[] arguments)
    {
        var (code, output, error) = await ServiceProcess.RunAsync(["token", .. arguments], Nowhere());

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(sentence + "\nUsage: token [issue]", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_database_is_away()
    {
        var (code, output, error) = await ServiceProcess.RunAsync(["token", "list", "--organization", "acme"], Nowhere());

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("The database is away: ", error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Nowhere() =>
        new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = "Host=127.0.0.1;Port=1;Username=contacts;Database=contacts" };

    private static async Task<Dictionary<string, string?>> SettingsAsync() =>
        new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync() };
}
