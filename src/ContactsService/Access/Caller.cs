using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>The authenticated caller of a request.</summary>
internal sealed class Caller(string organization, string user, Role role)
{
    /// <summary>The organization (tenant). Nothing outside of it is visible to the caller.</summary>
    public string Organization { get; } = organization;

    /// <summary>The user. The same id in another organization is another person.</summary>
    public string User { get; } = user;

    public Role Role { get; } = role;

    public BookKey Own { get; } = BookKey.Of(organization, user);

    /// <summary>The organization's book, with its contacts and its directory.</summary>
    public BookKey Shared { get; } = BookKey.Of(organization, organization);

    /// <summary>True when the caller may write <see cref="Shared"/>.</summary>
    public bool MayWriteOrganization => Role == Role.Admin;

    /// <summary>Binds the parameter of a handler.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());

    /// <summary>Throws when the caller is not an admin.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>.</exception>
    public void RequireAdmin(string operation)
    {
        if (Role != Role.Admin)
        {
            throw new ProblemException(Problems.Forbidden, $"Only an admin may {operation}. Ask an admin of your organization.");
        }
    }
}
