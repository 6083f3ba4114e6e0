using System.Text.RegularExpressions;

namespace ContactsService.Tests.Docs;

/// <summary><c>docs/contacts.http</c>, for the HTTP clients of editors.</summary>
public partial class HttpFileTests(Service service)
{
    [Fact]
    public async Task Has_every_operation_of_the_documents_and_no_other()
    {
        using var http = service.NewClient();
        var operations = (await ApiDocument.OperationsAsync(http))
            .Select(operation => $"{operation.Method} {Mask(operation.Path)}").ToList();

        var requests = Requests().Matches(await File.ReadAllTextAsync(Checkout.File("docs/contacts.http")))
            .Select(match => $"{match.Groups["method"].Value} {Mask(match.Groups["path"].Value)}").ToList();

        Assert.Empty(operations.Except(requests, StringComparer.Ordinal));
        Assert.Empty(requests.Except(operations, StringComparer.Ordinal));
    }

    private static string Mask(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{host\}\}(?<path>/[^?\s]*)", RegexOptions.Multiline, 1000)]
    private static partial Regex Requests();

    [GeneratedRegex(@"\{+\w+\}+", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
