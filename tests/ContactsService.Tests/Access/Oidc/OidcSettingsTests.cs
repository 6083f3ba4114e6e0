namespace ContactsService.Tests.Access.Oidc;

[Trait("Speed", "Slow")]
public class OidcSettingsTests
{
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["Issuer"] = "https://issuer.example",
        ["Audiences"] = "contacts",
        ["Organization"] = "acme",
    };

    [Theory]
    [InlineData("Issuer", "http://issuer.example", "Oidc:Issuers:0:Issuer: It is an https address without a query.")]
    [InlineData("Issuer", "", "Oidc:Issuers:0:Issuer is missing.")]
    [InlineData("Audiences", "", "Oidc:Issuers:0:Audiences is missing.")]
    [InlineData("Organization", "", "Oidc:Issuers:0: Set either Organization, or OrganizationClaim with the Organizations")]
    [InlineData("OrganizationClaim", "org", "Oidc:Issuers:0: Set either Organization, or OrganizationClaim")]
    [InlineData("Algorithms", "HS256", "Oidc:Issuers:0:Algorithms: It is a list of RS256")]
    [InlineData("Algorithms", "none", "Oidc:Issuers:0:Algorithms: It is a list of RS256")]
    [InlineData("ClockSkewSeconds", "301", "Oidc:Issuers:0:ClockSkewSeconds: '301' is not a whole number from 0 to 300.")]
    [InlineData("KeyRefreshSeconds", "0", "Oidc:Issuers:0:KeyRefreshSeconds: '0' is not a whole number from 1 to 3600.")]
    [InlineData("Audience", "contacts", "Oidc:Issuers:0:Audience is no setting. Oidc:Issuers:0 has Issuer, Audiences")]
    public async Task Are_refused(string name, string value, string sentence)
    {
        var settings = new Dictionary<string, string>(Good, StringComparer.Ordinal) { [name] = value };

        var (code, _, error) = await ServiceProcess.RunAsync(
            [],
            settings.ToDictionary(setting => $"Oidc__Issuers__0__{setting.Key}", setting => (string?)setting.Value, StringComparer.Ordinal)
                .Append(new("ConnectionStrings__Contacts", "Host=127.0.0.1;Port=1;Username=contacts;Database=contacts"))
                .ToDictionary(StringComparer.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }
}
