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
    public static MembershipDraft Read(JsonBody body)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(body.Root, "", errors);
        var draft = new MembershipDraft { Add = members.Texts("add") ?? [], Remove = members.Texts("remove") ?? [] };
        members.RefuseUnknown();
        if (draft.Add.Intersect(draft.Remove, StringComparer.Ordinal).Any())
        {
            errors.Add("remove", "A contact cannot be both added and removed.");
        }

        errors.ThrowIfAny();
        return draft;
    }
}
