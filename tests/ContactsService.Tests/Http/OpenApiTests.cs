using System.Text.Json.Nodes;

namespace ContactsService.Tests.Http;

public class OpenApiTests(Service service)
{
    private const string Approved = "Http/OpenApi.approved.json";

    [Fact]
    public async Task Is_the_approved_document()
    {
        using var http = service.NewClient();
        var document = await http.GetStringAsync("/openapi.json");
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Http/OpenApi.received.json"), document);

        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, Approved));

        Assert.True(
            approved.ReplaceLineEndings("\n").Trim() == document.ReplaceLineEndings("\n").Trim(),
            $"The contract has changed: look at the difference, then copy Http/OpenApi.received.json from {AppContext.BaseDirectory} over tests/ContactsService.Tests/{Approved}.");
    }

    [Fact]
    public async Task Describes_every_operation_parameter_and_status()
    {
        using var http = service.NewClient();
        var paths = JsonNode.Parse(await http.GetStringAsync("/openapi.json"))!["paths"]!.AsObject();

        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty(operation!["summary"]?.GetValue<string>()), $"{method} {path} has no summary.");
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter =>
                    Assert.False(string.IsNullOrEmpty(parameter!["description"]?.GetValue<string>()), $"{method} {path}: {parameter["name"]} is not described."));
                Assert.All(operation["responses"]!.AsObject(), response =>
                    Assert.False(string.IsNullOrEmpty(response.Value!["description"]?.GetValue<string>()), $"{method} {path}: {response.Key} is not described."));
                var isOpen = path == "/api/v2/diagnostics/version" || path.StartsWith("/health", StringComparison.Ordinal);
                string[] schemes = isOpen ? [] : path.StartsWith("/api/v2", StringComparison.Ordinal) ? ["Bearer", "GenesysBasic"] : ["Bearer"];
                Assert.Equal(schemes, operation["security"]!.AsArray().Select(scheme => Assert.Single(scheme!.AsObject()).Key));
            }
        }
    }
}
