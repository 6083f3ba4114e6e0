using System.Buffers;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;
using static ContactsService.Groups.GroupChecks;

namespace ContactsService.Groups;

internal static class GroupEndpoints
{
    private static readonly DescribedParameter ContactsToo = new(
        ContactsParameter,
        "delete: contacts that are in no other group are deleted, too. keep, when left out: they move to the default group.")
    {
        Words = ["keep", "delete"],
    };

    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        // A group can be sent back with all its members, so the list of members has no limit.
        var groups = app.MapGroup("/groups").WithTags("Groups").WithMetadata(new LargeBody(), new InScope(ScopeAreas.Contacts));
        groups.MapGet("", ListAsync).Named("listGroups").Lists(GroupAttributes.All, "displayName", "groupType", "isDefault")
            .Produces<GroupList>(200).Produces(304).Problems(400, 401, 406, 429, 503);
        groups.MapPost("", AddAsync).Named("createGroup").AcceptsJson<GroupDraft>().Produces<GroupDocument>(201)
            .SendsETag(201).SendsLocation().Idempotent()
            .Problems(400, 401, 406, 408, 409, 413, 415, 422, 429, 503);

        var group = groups.MapGroup("/{groupId}");
        group.MapGet("", FindAsync).Named("getGroup").Produces<GroupDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 404, 406, 429, 503);
        group.MapPut("", PutAsync).Named("putGroup").AcceptsJson<GroupDraft>()
            .Produces<GroupDocument>(200).Produces<GroupDocument>(201).SendsETag(200, 201).SendsLocation()
            .Problems(400, 401, 404, 406, 408, 409, 412, 413, 415, 429, 503);
        group.MapPatch("", PatchAsync).Named("patchGroup").AcceptsPatch<GroupDraft>().Produces<GroupDocument>(200).SendsETag(200)
            .Problems(400, 401, 404, 406, 408, 409, 412, 413, 415, 429, 503);
        group.MapDelete("", RemoveAsync).Named("deleteGroup").WithMetadata(ContactsToo).Produces(204)
            .Problems(400, 401, 404, 406, 409, 412, 429, 503);

        var members = group.MapGroup("/members");
        members.MapPost("", ChangeMembersAsync).Named("changeGroupMembers").AcceptsJson<MembershipDraft>()
            .Produces<GroupDocument>(200).SendsETag(200).Idempotent()
            .Problems(400, 401, 404, 406, 408, 409, 412, 413, 415, 422, 429, 503);
        members.MapPut("/{contactId}", AddMemberAsync).Named("addGroupMember").Produces(204).SendsETag(204)
            .Problems(400, 401, 404, 406, 409, 412, 429, 503);
        members.MapDelete("/{contactId}", RemoveMemberAsync).Named("removeGroupMember").Produces(204).SendsETag(204)
            .Problems(400, 401, 404, 406, 409, 412, 429, 503);
    }

    /// <summary>Lists your groups</summary>
    /// <remarks>Returns a page of your groups, ordered by name. Any attribute is a filter.</remarks>
    private static Task<Answer> ListAsync(
        HttpContext http, Caller caller, Precondition precondition, GroupReader reader, CancellationToken cancellationToken) =>
        reader.ListAsync(
            http.Request,
            caller,
            ListQuery.Read(http, caller.Own.Id, GroupAttributes.All, GroupAttributes.DefaultOrder, GroupAttributes.Members),
            precondition,
            cancellationToken);

    /// <summary>Adds a group</summary>
    /// <remarks>The name must be unique in your book, case-insensitively.</remarks>
    private static async Task<Answer> AddAsync(Caller caller, JsonBody body, GroupWriter writer, CancellationToken cancellationToken)
    {
        var group = await writer.AddAsync(caller, GroupDraft.Read(body.Root), cancellationToken);
        return Show(caller, group, StatusCodes.Status201Created) with { Location = $"/groups/{group.GroupId}" };
    }

    /// <summary>Reads a group</summary>
    /// <remarks>With the ids of its contacts.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> FindAsync(
        Caller caller, string groupId, Precondition precondition, GroupReader reader, CancellationToken cancellationToken)
    {
        var group = await reader.FindAsync(caller.Own, Id(groupId), cancellationToken) ?? throw Unknown();
        var etag = group.ETag(caller.Own);
        return precondition.Has(etag) ? Answer.NotModified(etag) : Show(caller, group, StatusCodes.Status200OK);
    }

    /// <summary>Replaces or creates a group</summary>
    /// <remarks>
    /// Members that you leave out are removed, except <c>members</c>: the contacts of the group change only when you send it.
    /// </remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> PutAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken)
    {
        var (group, isNew) = await writer.PutAsync(caller, Id(groupId), GroupDraft.Read(body.Root), precondition, cancellationToken);
        return isNew
            ? Show(caller, group, StatusCodes.Status201Created) with { Location = $"/groups/{group.GroupId}" }
            : Show(caller, group, StatusCodes.Status200OK);
    }

    /// <summary>Updates a group</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): only the members that you send change; null removes a member.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> PatchAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Show(caller, await writer.PatchAsync(caller, Id(groupId), body.Root, precondition, cancellationToken), StatusCodes.Status200OK);

    /// <summary>Deletes a group</summary>
    /// <remarks>
    /// Its contacts are kept: those in no other group move to the default group, unless <c>?contacts=delete</c> deletes them. The default
    /// group can be deleted only when it is empty.
    /// </remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> RemoveAsync(
        HttpRequest request,
        Caller caller,
        string groupId,
        Precondition precondition,
        GroupWriter writer,
        CancellationToken cancellationToken)
    {
        var deletesContacts = DeletesContacts(request.Query);
        return await writer.RemoveAsync(caller, Id(groupId), deletesContacts, precondition, cancellationToken)
            ? Answer.NoContent()
            : throw Unknown();
    }

    /// <summary>Adds and removes members of a group</summary>
    /// <remarks>Contacts that are removed from their only group move to the default group.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> ChangeMembersAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Show(
            caller,
            await writer.ChangeMembersAsync(caller, Id(groupId), MembershipDraft.Read(body.Root), precondition, cancellationToken),
            StatusCodes.Status200OK);

    /// <summary>Puts a contact into a group</summary>
    /// <remarks>It stays in its other groups. A contact that is in the group already stays as it is.</remarks>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact in your book.</param>
    private static async Task<Answer> AddMemberAsync(
        Caller caller,
        string groupId,
        string contactId,
        Precondition precondition,
        GroupWriter writer,
        CancellationToken cancellationToken) =>
        Done(caller, await writer.AddMemberAsync(caller, Id(groupId), MemberId(contactId), precondition, cancellationToken));

    /// <summary>Removes a contact from a group</summary>
    /// <remarks>If this is the only group of the contact, it moves to the default group.</remarks>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact in the group.</param>
    private static async Task<Answer> RemoveMemberAsync(
        Caller caller,
        string groupId,
        string contactId,
        Precondition precondition,
        GroupWriter writer,
        CancellationToken cancellationToken) =>
        Done(caller, await writer.RemoveMemberAsync(caller, Id(groupId), MemberId(contactId), precondition, cancellationToken));

    private static Answer Show(Caller caller, GroupView? group, int status)
    {
        var output = new ArrayBufferWriter<byte>();
        (group ?? throw Unknown()).Write(output, caller.Own);
        return new Answer(status, output.WrittenMemory) { ETag = group.ETag(caller.Own) };
    }

    private static Answer Done(Caller caller, long? version) => Answer.NoContent(Answer.Tag(caller.Own.Tag, version ?? throw Unknown()));
}
