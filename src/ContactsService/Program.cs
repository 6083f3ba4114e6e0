using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;

if (TokenCommand.IsAsked(args))
{
    return await TokenCommand.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(Options(args));
await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration);

builder.Services.AddStorage(embedded.ConnectionString);
builder.Services.AddAccess(builder.Configuration);
builder.Services.AddBooks();
builder.Services.AddGroups();
builder.Services.AddContacts();
builder.AddHttp();

var app = builder.Build();
app.UseHttp();
app.MapTokens();
app.MapContacts();
app.MapGroups();
app.MapHealth();
app.MapProblemPage();
app.TouchEndpoints();

await app.RunAsync();
return 0;

/// <summary>The service; named for the tests.</summary>
internal sealed partial class Program
{
    /// <summary>The settings lie beside the program, wherever it is started from.</summary>
    internal static WebApplicationOptions Options(string[] args) => new() { Args = args, ContentRootPath = AppContext.BaseDirectory };
}
