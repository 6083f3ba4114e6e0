using System.Collections.Frozen;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>The authenticated caller of a request.</summary>
internal sealed class Caller(string organization, string user, Role role, IEnumerable<string>? scopes = null)
{
    private const string AdminRole = "admin";

    /// <summary>The organization (tenant). Nothing outside of it is visible to the caller.</summary>
    public string Organization { get; } = organization;

    /// <summary>The user. The same id in another organization is another person.</summary>
    public string User { get; } = user;

    public Role Role { get; } = role;

    // Others are shared by requests at the same moment.
    private bool NotesNeeds { get; init; }

    /// <summary>What the token is limited to; null for everything that the role may.</summary>
    public FrozenSet<string>? Scopes { get; } = scopes?.ToFrozenSet(StringComparer.Ordinal);

    public BookKey Own { get; } = BookKey.Of(organization, user);

    /// <summary>The organization's book, with its contacts and its directory.</summary>
    public BookKey Shared { get; } = BookKey.Of(organization, organization);

    /// <summary>True when the caller may write <see cref="Shared"/>.</summary>
    public bool MayWriteOrganization => Role == Role.Admin;

    /// <summary>What the request has needed of its caller so far: the role <c>admin</c>, and scopes.</summary>
    public HashSet<string> Needs { get; } = new(StringComparer.Ordinal);

    /// <summary>True when the caller has what another request has needed.</summary>
    public bool Has(IReadOnlyCollection<string> needs) =>
        (Role == Role.Admin || !needs.Contains(AdminRole, StringComparer.Ordinal))
        && Access.Scopes.Include(Scopes, needs.Where(need => need != AdminRole));

    /// <summary>The same caller, for a request whose needs are noted.</summary>
    public Caller ForRequest() => new(Organization, User, Role, Scopes) { NotesNeeds = true };

    /// <summary>Notes that the request needs this.</summary>
    public void Need(params IEnumerable<string> needs)
    {
        if (NotesNeeds)
        {
            Needs.UnionWith(needs);
        }
    }

    /// <summary>True when the caller is an admin, whom the request needs.</summary>
    public bool IsAdminAsNeeded()
    {
        Need(AdminRole);
        return Role == Role.Admin;
    }

    /// <summary>Binds the parameter of a handler.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());

    /// <summary>Throws when the caller is not an admin.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>.</exception>
    public void RequireAdmin(string operation)
    {
        if (!IsAdminAsNeeded())
        {
            throw new ProblemException(Problems.Forbidden, $"Only an admin may {operation}. Ask an admin of your organization.");
        }
    }
}
