using ContactsService.Tests.Genesys;

namespace ContactsService.Tests.Faults;

/// <summary>One request of every kind that needs the database, each of them right.</summary>
internal sealed record EveryRequest(HttpMethod Method, string Path, string? Body = null)
{
    /// <summary>Makes what the requests are about, and the requests.</summary>
    public static async Task<IReadOnlyList<EveryRequest>> PrepareAsync(Person admin)
    {
        var contact = await admin.AddContactAsync("Joe");
        var doomed = await admin.AddContactAsync("Doomed");
        var group = await admin.AddGroupAsync("Friends");
        var doomedGroup = await admin.AddGroupAsync("Strangers");
        var token = (await admin.PostAsync("/tokens", """{"user":"ben","role":"agent"}""")).ShouldBe(201).Value("tokenId");
        var shared = await admin.AddCustomAsync("Shared");
        var doomedShared = await admin.AddCustomAsync("Doomed");
        const string Contact = """{"contactType":"CUSTOM","displayName":"Joe"}""";
        return
        [
            new(HttpMethod.Get, "/contacts"),
            new(HttpMethod.Get, "/contacts?displayName[startsWith]=j&sort=-lastModified"),
            new(HttpMethod.Post, "/contacts", Contact),
            new(HttpMethod.Post, "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Shared","ownerId":"{{admin.Organization}}"}"""),
            new(HttpMethod.Get, $"/contacts/{contact}"),
            new(HttpMethod.Put, $"/contacts/{contact}", Contact),
            new(HttpMethod.Patch, $"/contacts/{contact}", """{"title":"Boss"}"""),
            new(HttpMethod.Delete, $"/contacts/{doomed}"),
            new(HttpMethod.Get, "/groups"),
            new(HttpMethod.Post, "/groups", """{"displayName":"New"}"""),
            new(HttpMethod.Get, $"/groups/{group}"),
            new(HttpMethod.Put, $"/groups/{group}", """{"displayName":"Friends"}"""),
            new(HttpMethod.Patch, $"/groups/{group}", """{"groupType":"EXTERNAL"}"""),
            new(HttpMethod.Delete, $"/groups/{doomedGroup}"),
            new(HttpMethod.Post, $"/groups/{group}/members", $$"""{"add":["{{contact}}"]}"""),
            new(HttpMethod.Put, $"/groups/{group}/members/{contact}"),
            new(HttpMethod.Delete, $"/groups/{group}/members/{contact}"),
            new(HttpMethod.Get, "/api/v2/contacts?type=Custom&filterName=NamesOrPhoneNumberMatches&filterParameters=j*"),
            new(HttpMethod.Post, "/api/v2/contacts", """{"name":"Shared"}"""),
            new(HttpMethod.Get, $"/api/v2/contacts/{shared}"),
            new(HttpMethod.Put, $"/api/v2/contacts/{shared}", """{"name":"Shared"}"""),
            new(HttpMethod.Delete, $"/api/v2/contacts/{doomedShared}"),
            new(HttpMethod.Get, "/tokens"),
            new(HttpMethod.Post, "/tokens", """{"user":"ben","role":"agent"}"""),
            new(HttpMethod.Delete, $"/tokens/{token}"),
        ];
    }

    /// <summary>Sends it.</summary>
    public Task<Reply> SendAsync(Person caller, params (string Name, string Value)[] headers) =>
        caller.SendAsync(Method, Path, Body, headers, Method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");

    public override string ToString() => $"{Method} {Path}";
}
