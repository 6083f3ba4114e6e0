using System.Reflection;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Serves the page that the <c>type</c> of every problem points to.</summary>
internal static class ProblemPage
{
    private static readonly string Text = Read();

    public static void MapProblemPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/problems", () => Results.Text(Text, "text/markdown; charset=utf-8"))
            .AllowAnonymous().WithMetadata(new AnswersOtherThanJson()).ExcludeFromDescription();

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("problems.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
