using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ContactsService.Access.Oidc;

/// <summary>The claims of a token by the names of the settings: <c>realm_access.roles</c> is the member of an object.</summary>
internal sealed class JwtClaims(JsonWebToken token)
{
    private readonly JsonElement claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)).RootElement;

    /// <summary>True when it is there.</summary>
    public bool Has(string name) => Find(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The texts of a list, or the words of a text (RFC 6749, 3.3); empty when there are none.</summary>
    public IReadOnlyList<string> Words(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!)],
        _ => [],
    };

    // Names may have dots themselves, such as https://contacts.example/roles.
    private JsonElement? Find(string name)
    {
        if (claims.TryGetProperty(name, out var whole))
        {
            return whole;
        }

        var place = claims;
        foreach (var part in name.Split('.'))
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(part, out place))
            {
                return null;
            }
        }

        return place;
    }
}
