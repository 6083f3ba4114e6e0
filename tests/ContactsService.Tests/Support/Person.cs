using System.Net.Http.Headers;
using System.Text;

namespace ContactsService.Tests.Support;

/// <summary>A caller with a token.</summary>
public sealed class Person(HttpClient http, string organization, string user, string token)
{
    public string Organization { get; } = organization;

    public string User { get; } = user;

    public string Token { get; } = token;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    public Task<Reply> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers);

    public Task<Reply> PutAsync(string path, string? json = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, json, headers);

    public Task<Reply> PatchAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, json, headers, "application/merge-patch+json");

    /// <summary>Sends a request; a body is JSON unless <paramref name="mediaType"/> says otherwise.</summary>
    public async Task<Reply> SendAsync(
        HttpMethod method, string path, string? body, (string Name, string Value)[] headers, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Reply.OfAsync(await http.SendAsync(request));
    }

    /// <summary>Sends a request, and reads no more than the headers of the response.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Adds a CUSTOM contact with just a name and gives its id.</summary>
    public async Task<string> AddContactAsync(string name) =>
        (await PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{name}}"}"""))
            .ShouldBe(201)["contactId"]!.GetValue<string>();

    /// <summary>Adds a group and gives its id.</summary>
    public async Task<string> AddGroupAsync(string name) =>
        (await PostAsync("/groups", $$"""{"displayName":"{{name}}"}""")).ShouldBe(201)["groupId"]!.GetValue<string>();
}
