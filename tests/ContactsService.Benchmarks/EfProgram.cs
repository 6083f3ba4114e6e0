using System.Collections.Concurrent;
using ContactsService.Books;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Benchmarks;

/// <summary>The same questions as they are commonly written: minimal API, EF Core, entities with includes, records as JSON.</summary>
internal static class EfProgram
{
    private static readonly ConcurrentDictionary<string, Guid> Books = new(StringComparer.Ordinal);

    /// <summary>Serves until it is killed. The user is the first segment of the address.</summary>
    public static async Task<int> RunAsync(string connectionString, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddDbContextPool<EfContacts>(options => options.UseNpgsql(connectionString));
        var app = builder.Build();
        app.MapGet("/ready", () => "");
        app.MapGet("/{user}/contacts/{id}", OneAsync);
        app.MapGet("/{user}/contacts", ListAsync);
        app.MapPost("/{user}/contacts", (string user, EfContact contact, EfContacts db) =>
            WriteAsync(db, user, Guid.CreateVersion7().ToString(), contact));
        app.MapPut("/{user}/contacts/{id}", (string user, string id, EfContact contact, EfContacts db) =>
            WriteAsync(db, user, id, contact));
        await app.RunAsync();
        return 0;
    }

    private static Guid Book(string user) => Books.GetOrAdd(user, name => BookKey.Of(Seed.Organization, name).Id);

    private static Task<EfContact?> OneAsync(string user, string id, EfContacts db)
    {
        var book = Book(user);
        return db.Contacts.AsNoTracking().Include(contact => contact.Points)
            .FirstOrDefaultAsync(contact => contact.BookId == book && contact.ContactId == id);
    }

    private static async Task<EfList> ListAsync(
        string user, string? lastName, string? firstName, string? phoneNumber, int? pageSize, EfContacts db)
    {
        var book = Book(user);
        var contacts = db.Contacts.AsNoTracking().Include(contact => contact.Points).Where(contact => contact.BookId == book);
        if (lastName is not null)
        {
            contacts = contacts.Where(contact =>
                EF.Functions.ILike(contact.LastName!, lastName) && EF.Functions.ILike(contact.FirstName!, firstName!));
        }

        if (phoneNumber is not null)
        {
            contacts = contacts.Where(contact => contact.Points.Any(point => point.Digits == phoneNumber));
        }

        return new(
            await contacts
                .OrderBy(contact => contact.DisplayName)
                .ThenBy(contact => contact.ContactId)
                .Take(pageSize ?? 1000)
                .ToListAsync(),
            await db.Groups.AsNoTracking().Where(group => group.BookId == book).ToListAsync());
    }

    private static async Task<EfContact> WriteAsync(EfContacts db, string user, string id, EfContact sent)
    {
        var book = Book(user);
        var contact = await db.Contacts.Include(contact => contact.Points)
            .FirstOrDefaultAsync(contact => contact.BookId == book && contact.ContactId == id);
        if (contact is null)
        {
            contact = new() { Id = $"{book}{id}", BookId = book, ContactId = id, DisplayName = "", Created = DateTime.UtcNow };
            db.Add(contact);
        }

        contact.DisplayName = sent.DisplayName;
        contact.FirstName = sent.FirstName;
        contact.LastName = sent.LastName;
        contact.CompanyName = sent.CompanyName;
        contact.Points = [.. sent.Points];
        contact.Version++;
        contact.LastModified = DateTime.UtcNow;
        await db.SaveChangesAsync();
        return contact;
    }
}

internal sealed record EfList(List<EfContact> Contacts, List<EfGroup> Groups);

internal sealed class EfContacts(DbContextOptions<EfContacts> options) : DbContext(options)
{
    public DbSet<EfContact> Contacts => Set<EfContact>();

    public DbSet<EfGroup> Groups => Set<EfGroup>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EfContact>().HasMany(contact => contact.Points).WithOne().HasForeignKey(point => point.ContactKey);
        modelBuilder.Entity<EfPoint>().ToTable("Points");
    }
}

internal sealed class EfContact
{
    public string Id { get; set; } = "";

    public Guid BookId { get; set; }

    public string ContactId { get; set; } = "";

    public required string DisplayName { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? CompanyName { get; set; }

    public string? Street { get; set; }

    public string? City { get; set; }

    public string? Country { get; set; }

    public long Version { get; set; }

    public DateTime Created { get; set; }

    public DateTime LastModified { get; set; }

    public List<EfPoint> Points { get; set; } = [];
}

internal sealed class EfPoint
{
    public long Id { get; set; }

    public string ContactKey { get; set; } = "";

    public bool IsPhone { get; set; }

    public string Type { get; set; } = "";

    public string Value { get; set; } = "";

    public string? Digits { get; set; }
}

internal sealed class EfGroup
{
    public Guid Id { get; set; }

    public Guid BookId { get; set; }

    public string DisplayName { get; set; } = "";

    public int MemberCount { get; set; }
}
