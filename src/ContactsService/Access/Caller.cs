using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>Who asks: made once for a token, passed on to the books.</summary>
internal sealed class Caller(string organization, string user, Role role)
{
    /// <summary>The organization (tenant); nothing outside of it exists for this caller.</summary>
    public string Organization { get; } = organization;

    /// <summary>The user; the same id in another organization is another person.</summary>
    public string User { get; } = user;

    /// <summary>What the caller may do.</summary>
    public Role Role { get; } = role;

    /// <summary>The caller's own book.</summary>
    public BookKey Own { get; } = BookKey.Of(organization, user);

    /// <summary>The organization's book: its contacts and its directory.</summary>
    public BookKey Shared { get; } = BookKey.Of(organization, organization);

    /// <summary>True when <see cref="Shared"/> may be written, not only read.</summary>
    public bool MayWriteOrganization => Role == Role.Admin;

    /// <summary>Binds the parameter of a handler: whoever the token stands for.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());

    /// <summary>Ends the request of a caller who is no admin.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>.</exception>
    public void RequireAdmin(string deed)
    {
        if (Role != Role.Admin)
        {
            throw new ProblemException(Problems.Forbidden, $"Only an admin may {deed}. Ask an admin of your organization.");
        }
    }
}
