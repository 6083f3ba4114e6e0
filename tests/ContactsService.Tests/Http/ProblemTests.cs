using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContactsService.Access;
using ContactsService.Changes;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Tests.Http;

public class ProblemTests(Service service)
{
    [Fact]
    public async Task Are_all_on_the_page_of_their_type()
    {
        using var http = service.NewClient();
        var page = await http.GetStringAsync("/problems");

        var documented = Regex.Matches(page, @"^## (\S+)\n\nStatus: (\d+)$", RegexOptions.Multiline)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Order();

        Assert.Equal(Problems.All.Values.Select(problem => (problem.Code, $"{problem.Status}")).Order(), documented);
    }

    [Fact]
    public void Settings_are_all_documented_with_their_defaults()
    {
        var page = File.ReadAllText(Checkout.File("docs/configuration.md"));
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json")))!;

        foreach (var section in new[] { "Access", "Genesys", "Limits", "Webex", "Cors" })
        {
            foreach (var (name, value) in settings[section]!.AsObject())
            {
                Assert.Contains($"| `{section}:{name}` |", page, StringComparison.Ordinal);
                var shown = value!.ToString() is { Length: > 0 } text ? text.ToLowerInvariant() : "\"\"";
                Assert.Matches($@"\| `{section}:{name}` \|.*\| `{Regex.Escape(shown)}` \|", page);
            }
        }
    }

    [Theory]
    [InlineData("Access", typeof(AccessOptions))]
    [InlineData("Changes", typeof(ChangeOptions))]
    [InlineData("Database", typeof(DatabaseOptions))]
    [InlineData("Limits", typeof(RequestLimits))]
    public void Settings_are_documented_with_their_ranges(string section, Type settings)
    {
        var page = File.ReadAllText(Checkout.File("docs/configuration.md"));

        foreach (var property in settings.GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                Assert.Matches($@"\| `{section}:{property.Name}` \|.* {range.Minimum} to {range.Maximum} \|", page);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/nowhere", null, 404, "not-found")]
    [InlineData("PUT", "/contacts", null, 405, "method-not-allowed")]
    [InlineData("PATCH", "/tokens", null, 405, "method-not-allowed")]
    [InlineData("GET", "/contacts", "text/html", 406, "not-acceptable")]
    [InlineData("GET", "/contacts", "application/json;q=0", 406, "not-acceptable")]
    [InlineData("GET", "/contacts/%C3%A9", null, 404, "not-found")]
    public async Task Are_returned_for_unknown_addresses(string method, string path, string? accept, int status, string code)
    {
        var ann = await service.AgentAsync();

        var reply = (await ann.SendAsync(new HttpMethod(method), path, null, accept is null ? [] : [("Accept", accept)]))
            .ShouldBeProblem(status, code);

        Assert.Equal(status == 405, reply.Headers.ContainsKey("Allow"));
    }
}
