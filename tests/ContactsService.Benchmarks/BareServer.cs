using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>Kestrel and Npgsql, and nothing else: what both bare programs have in common.</summary>
internal static class BareServer
{
    /// <summary>Serves until it is killed.</summary>
    public static async Task<int> RunAsync(string connectionString, string address, Func<HttpContext, NpgsqlDataSource, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        var source = Database.Open(connectionString, new());
        app.Run(http => http.Request.Path.Value == "/ready" ? Task.CompletedTask : serve(http, source));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Answers with JSON.</summary>
    public static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }
}
