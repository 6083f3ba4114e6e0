using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>The contacts to add to a group and to remove from it.</summary>
internal sealed class MembershipDraft
{
    /// <summary>Ids of contacts in the same book. Those already in the group stay.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Ids of contacts in the same book. Those not in the group are not changed.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Reads the body of <c>POST /groups/{groupId}/members</c>.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static MembershipDraft Read(JsonElement body)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(body, "", errors);
        var draft = new MembershipDraft { Add = members.Texts("add") ?? [], Remove = members.Texts("remove") ?? [] };
        members.RefuseUnknown();
        draft.RefuseBoth(errors);
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>The same with other ids.</summary>
    /// <param name="resolve">Returns the ids of a member.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public MembershipDraft With(Func<string, IReadOnlyList<string>, IReadOnlyList<string>> resolve)
    {
        var errors = new MemberErrors();
        var draft = new MembershipDraft { Add = resolve("add", Add), Remove = resolve("remove", Remove) };
        draft.RefuseBoth(errors);
        errors.ThrowIfAny();
        return draft;
    }

    private void RefuseBoth(MemberErrors errors)
    {
        if (Add.Intersect(Remove, StringComparer.Ordinal).Any())
        {
            errors.Add("remove", "A contact cannot be both added and removed.");
        }
    }
}
