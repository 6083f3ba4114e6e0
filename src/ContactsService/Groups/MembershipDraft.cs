using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>The contacts somebody wants to have in a group, and those out of it.</summary>
internal sealed class MembershipDraft
{
    /// <summary>Ids of contacts of the same book; those already in the group stay.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Ids of contacts of the same book; those not in the group are left alone.</summary>
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
            errors.Add("remove", "A contact cannot be added and removed at once.");
        }

        errors.ThrowIfAny();
        return draft;
    }
}
