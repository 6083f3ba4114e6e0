using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Organizations;

/// <summary>Reads and replaces the settings of the caller's organization.</summary>
internal sealed class SettingsWriter(ContactsDb db, BookTransaction transaction)
{
    /// <summary>Returns the settings; those of an organization that has set nothing are empty.</summary>
    public async Task<OrganizationSettings> FindAsync(Caller caller, CancellationToken cancellationToken) =>
        await Settings(caller.Shared).SingleOrDefaultAsync(cancellationToken) ?? Empty(caller.Shared);

    /// <summary>Replaces the settings and raises the revision of the organization's book. Equal settings change nothing.</summary>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public Task<OrganizationSettings> PutAsync(
        Caller caller, SettingsDraft draft, Precondition precondition, CancellationToken cancellationToken) =>
        transaction.InTransactionAsync(caller.Shared, async () =>
    {
        var stored = await Settings(caller.Shared).AsTracking().SingleOrDefaultAsync(CancellationToken.None);
        var settings = stored ?? Empty(caller.Shared);
        Require(caller, settings, precondition);
        if (settings.Region == draft.Region)
        {
            return settings;
        }

        settings.Region = draft.Region;
        settings.Version = transaction.NextVersion;
        if (stored is null)
        {
            db.Add(settings);
        }

        await transaction.SaveAsync(cancellationToken);
        return settings;
    }, cancellationToken);

    private static void Require(Caller caller, OrganizationSettings settings, Precondition precondition)
    {
        if (precondition.OnlyCreates)
        {
            throw Stale(caller, settings, "An organization always has settings. Send If-Match with their ETag to replace them.");
        }

        if (precondition.Versions(OrganizationSettings.Tag(caller.Shared))?.Contains(settings.Version) == false)
        {
            throw Stale(caller, settings, "If-Match does not name the current version of the settings. Read them again.");
        }
    }

    private static ProblemException Stale(Caller caller, OrganizationSettings settings, string detail) =>
        new(Problems.Stale, detail) { ETag = settings.ETag(caller.Shared) };

    private static OrganizationSettings Empty(BookKey book) => new() { BookId = book.Id, Organization = book.Organization };

    private IQueryable<OrganizationSettings> Settings(BookKey book) =>
        db.Set<OrganizationSettings>().Where(settings => settings.BookId == book.Id && settings.Organization == book.Organization);
}
