using System.Globalization;
using ContactsService.Http;

namespace ContactsService.Access.Oidc;

/// <summary>The identity providers of the settings, section <c>Oidc</c>.</summary>
internal sealed record OidcIssuers(IReadOnlyList<OidcIssuer> All)
{
    private const string Section = "Oidc:Issuers";

    /// <summary>Reads them.</summary>
    /// <exception cref="SettingsException">A setting is not known, missing, contradicts another one or is out of its range.</exception>
    public static OidcIssuers Read(IConfiguration configuration)
    {
        var names = configuration.GetSection("Oidc").GetChildren().Select(child => child.Key)
            .Where(name => !name.Equals("Issuers", StringComparison.OrdinalIgnoreCase)).ToList();
        if (names.Count > 0)
        {
            throw new SettingsException($"Oidc:{names[0]} is no setting. Oidc has {Section}:0:Issuer and its siblings.");
        }

        var issuers = configuration.GetSection(Section).GetChildren().Select(child => Read(configuration, child.Key)).ToList();
        var twice = issuers.GroupBy(issuer => issuer.Issuer, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? new(issuers) : throw new SettingsException($"{Section}: {twice.Key} is there twice.");
    }

    private static OidcIssuer Read(IConfiguration configuration, string index)
    {
        var section = $"{Section}:{index}";
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new SettingsException($"{section} is no setting. The issuers are numbered: {Section}:0:Issuer.");
        }

        var issuer = Settings.Read<OidcIssuer>(configuration, section);
        var hasList = issuer.OrganizationClaim.Length > 0 && issuer.Organizations.Length > 0;
        var hasNoList = issuer.OrganizationClaim.Length == 0 && issuer.Organizations.Length == 0;
        return issuer switch
        {
            { Issuer: "" } => throw new SettingsException($"{section}:Issuer is missing."),
            { Audiences: "" } => throw new SettingsException($"{section}:Audiences is missing."),
            { Organization: "" } when hasList => issuer,
            { Organization.Length: > 0 } when hasNoList => issuer,
            _ => throw new SettingsException(
                $"{section}: Set either Organization, or OrganizationClaim with the Organizations that it may name."),
        };
    }
}
