using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Genesys;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;

return await Start.SafelyAsync(() => TokenCommand.IsAsked(args) ? TokenCommand.RunAsync(args) : ServeAsync(args));

static async Task<int> ServeAsync(string[] args)
{
    var builder = WebApplication.CreateBuilder(Start.Options(args));
    await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration);

    builder.Services.AddStorage(embedded.ConnectionString);
    builder.Services.AddAccess(builder.Configuration);
    builder.Services.AddBooks();
    builder.Services.AddGroups();
    builder.Services.AddContacts();
    builder.Services.AddGenesys(builder.Configuration);
    builder.AddHttp();

    await using var app = builder.Build();
    app.UseHttp();
    app.MapTokens();
    app.MapContacts();
    app.MapGroups();
    app.MapGenesys();
    app.MapHealth();
    app.MapProblemPage();
    app.TouchEndpoints();

    await app.RunAsync();
    return 0;
}
