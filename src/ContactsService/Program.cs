using ContactsService;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Bulk;
using ContactsService.Changes;
using ContactsService.Changes.Webhooks;
using ContactsService.Commands;
using ContactsService.Contacts;
using ContactsService.Directory;
using ContactsService.Genesys;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Idempotency;
using ContactsService.Organizations;
using ContactsService.Scim;
using ContactsService.Server;
using ContactsService.Storage;
using ContactsService.Webex;

return await Start.SafelyAsync(cancellationToken =>
    TokenCommand.IsAsked(args) ? TokenCommand.RunAsync(args, cancellationToken)
    : MigrateCommand.IsAsked(args) ? MigrateCommand.RunAsync(cancellationToken)
    : RestoreEpochCommand.IsAsked(args) ? RestoreEpochCommand.RunAsync(args, cancellationToken)
    : Usage.IsAsked(args) ? Usage.PrintAsync(args)
    : ServeAsync(args, cancellationToken));

static async Task<int> ServeAsync(string[] args, CancellationToken cancellationToken)
{
    var builder = Start.CreateBuilder(args);
    AddressSettings.Check(builder.Configuration);
    var settings = Settings.Read<DatabaseOptions>(builder.Configuration, "Database");
    await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration, cancellationToken);

    builder.Services.AddStorage(embedded.ConnectionString, settings);
    builder.Services.AddAccess(builder.Configuration);
    builder.Services.AddBooks(builder.Configuration);
    builder.Services.AddGroups();
    builder.Services.AddIdempotency();
    builder.Services.AddSettings();
    builder.Services.AddContacts();
    builder.Services.AddQueues();
    builder.Services.AddBulk();
    builder.Services.AddChanges(builder.Configuration);
    builder.Services.AddWebhooks(builder.Configuration);
    builder.Services.AddScim();
    builder.Services.AddWebex(builder.Configuration);
    builder.Services.AddGenesys(builder.Configuration);
    builder.AddServer();

    await using var app = builder.Build();
    app.UseServer();
    app.MapTokens();
    app.MapContacts();
    app.MapGroups();
    app.MapBulk();
    app.MapQueues();
    app.MapSettings();
    app.MapChanges();
    app.MapWebhooks();
    app.MapScim();
    app.MapWebex();
    app.MapGenesys();
    app.MapHealth();
    app.MapProblemPage();
    app.TouchEndpoints();

    var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
    await ((IHost)app).RunAsync(cancellationToken);
    // The host stops when one of them fails, and says so only in the log.
    return background.Exists(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
}
