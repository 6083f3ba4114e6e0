using System.Text;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>What a write of a group or its members requires beside <see cref="GroupRules"/>, and the problems otherwise.</summary>
internal static class GroupChecks
{
    /// <summary>The query parameter that says what becomes of the contacts of a deleted group.</summary>
    public const string ContactsParameter = "contacts";

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["name"] = "displayName",
        ["id"] = "groupId",
    };

    /// <summary>Reads the id of a group.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>.</exception>
    public static Guid Id(string groupId) => Guid.TryParseExact(groupId, "D", out var id) ? id : throw Unknown();

    /// <summary>Reads the id of a contact.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>.</exception>
    public static string MemberId(string contactId) => TextLimits.IsId(contactId) ? contactId : throw Unknown();

    /// <summary>Reads the query of a deletion: true when contacts in no other group are deleted, too.</summary>
    /// <exception cref="ProblemException"><c>unknown-parameter</c>.</exception>
    public static bool DeletesContacts(IQueryCollection query)
    {
        var contacts = query[ContactsParameter];
        if (contacts.Count > 0 && contacts.ToString() is not ("delete" or "keep"))
        {
            const string Detail = "Must be delete or keep.";
            throw new ProblemException(Problems.UnknownParameter, Detail) { Errors = { [ContactsParameter] = [Detail] } };
        }

        return contacts == "delete";
    }

    /// <summary>Checks a draft.</summary>
    /// <param name="caller">Whose group it is.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="id">The id in the address; null for a new group.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static void Require(Caller caller, GroupDraft draft, Guid? id)
    {
        DraftValidation.Require(GroupRules.Default, draft);
        if (draft.OwnerId is not null && draft.OwnerId != caller.User && draft.OwnerId != "me")
        {
            throw MemberErrors.Of("ownerId", "A group belongs to its caller. Leave ownerId out, or send your own user id.");
        }

        if (id is not null
            && draft.GroupId is not null
            && !string.Equals(draft.GroupId, id.Value.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw MemberErrors.Of("groupId", "Differs from the id in the address, which cannot be changed. Leave it out.");
        }
    }

    /// <summary>Reads what a group is when a merge patch has been applied (RFC 7396).</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static GroupDraft ReadPatched(Group group, JsonElement patch) =>
        GroupDraft.Read(MergePatch.Apply(Encoding.UTF8.GetBytes($"{{{group.Body}}}"), patch, Aliases));

    /// <summary>Requires that the version is one that the precondition names.</summary>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public static void RequireCurrent(BookKey book, Precondition precondition, long version)
    {
        if (precondition.Versions(book.Tag)?.Contains(version) == false)
        {
            throw Stale(book, version);
        }
    }

    /// <summary>Requires that the default group is empty, before it is deleted.</summary>
    /// <exception cref="ProblemException"><c>default-group-in-use</c>.</exception>
    public static void RequireEmpty(Group group)
    {
        if (group.MemberCount > 0)
        {
            throw new ProblemException(
                Problems.DefaultGroupInUse, "Move or delete its contacts first. The default group can be renamed at any time.")
            {
                Extensions = { ["groupId"] = group.GroupId.ToString() },
            };
        }
    }

    /// <summary>Requires that no id is unknown.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static void RequireKnown(string member, IReadOnlyList<string> ids, IReadOnlyCollection<string> unknown)
    {
        if (unknown.Count == 0)
        {
            return;
        }

        var errors = new MemberErrors();
        for (var i = 0; i < ids.Count; i++)
        {
            if (unknown.Contains(ids[i], StringComparer.Ordinal))
            {
                errors.Add($"{member}[{i}]", "No contact in your book has this id.");
            }
        }

        errors.ThrowIfAny();
    }

    /// <summary>The problem of a version that does not match the precondition.</summary>
    public static ProblemException Stale(BookKey book, long version) =>
        new(Problems.Stale, "The precondition does not name the current version of the group. Read the group again.")
        {
            ETag = Answer.Tag(book.Tag, version),
        };

    /// <summary>The problem of a name that another group has.</summary>
    /// <param name="groupId">That group; empty when it was deleted meanwhile.</param>
    public static ProblemException NameTaken(Guid groupId) =>
        new(Problems.GroupNameTaken, "Names are compared case-insensitively. Use the existing group, or choose another name.")
        {
            Errors = { ["displayName"] = ["A group in your book already has this name."] },
            Extensions = { ["groupId"] = groupId.ToString() },
        };

    /// <summary>The problem of a contact that is to leave the default group and is in no other one.</summary>
    public static ProblemException LastGroup(string contactId) =>
        new(Problems.LastGroup, "The contact is only in the default group. Add it to another group first, or delete it.")
        {
            Extensions = { ["contactId"] = contactId },
        };

    /// <summary>The problem of a contact in too many groups.</summary>
    public static ProblemException GroupLimit() =>
        new(Problems.GroupLimit, "One of the contacts is already in 100 groups. Remove it from another group first.");

    /// <summary>The problem of a group or contact that the caller does not have.</summary>
    public static ProblemException Unknown() => new(
        Problems.NotFound,
        "No group, or no contact in your own book, has this id. "
        + "To put a directory user into a group, first add the user to your book: POST /contacts with contactType CLOUD.");
}
