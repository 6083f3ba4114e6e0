using System.Buffers;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>Routes of /groups.</summary>
internal static class GroupEndpoints
{
    private const string ContactsParameter = "contacts";

    private static readonly DescribedParameter ContactsToo = new(
        ContactsParameter,
        "delete: contacts that are in no other group are deleted, too. keep, when left out: they move to the default group.")
    {
        Words = ["keep", "delete"],
    };

    /// <summary>Adds the routes.</summary>
    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        // A group may be sent back as it was read, with all its members.
        var groups = app.MapGroup("/groups").WithTags("Groups").WithMetadata(new LargeBody());
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
    /// <remarks>By name, a page at a time; any attribute filters.</remarks>
    private static Task<Answer> ListAsync(HttpContext http, Caller caller, Precondition precondition, GroupReader reader, CancellationToken cancellationToken) =>
        reader.ListAsync(
            http.Request,
            caller,
            ListQuery.Read(http, caller.Own.Id, GroupAttributes.All, GroupAttributes.DefaultOrder, GroupAttributes.Members),
            precondition,
            cancellationToken);

    /// <summary>Adds a group</summary>
    /// <remarks>Its name must be new in your book, whatever its case.</remarks>
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
    /// <remarks>What is left out is unset, but for <c>members</c>: who is in the group only changes when you name them.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> PutAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken)
    {
        var (group, isNew) = await writer.PutAsync(caller, Id(groupId), GroupDraft.Read(body.Root), precondition, cancellationToken);
        return isNew
            ? Show(caller, group, StatusCodes.Status201Created) with { Location = $"/groups/{group.GroupId}" }
            : Show(caller, group, StatusCodes.Status200OK);
    }

    /// <summary>Changes a group</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): only what you send changes, null unsets.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> PatchAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Show(caller, await writer.PatchAsync(caller, Id(groupId), body.Root, precondition, cancellationToken), StatusCodes.Status200OK);

    /// <summary>Deletes a group</summary>
    /// <remarks>
    /// Its contacts stay: those in no other group move to the default group, or are deleted with <c>?contacts=delete</c>.
    /// The default group can be deleted only when it is empty.
    /// </remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> RemoveAsync(
        HttpRequest request, Caller caller, string groupId, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken)
    {
        var contacts = request.Query[ContactsParameter];
        if (contacts.Count > 0 && contacts.ToString() is not ("delete" or "keep"))
        {
            const string Why = "It is delete or keep.";
            throw new ProblemException(Problems.UnknownParameter, Why) { Errors = { [ContactsParameter] = [Why] } };
        }

        return await writer.RemoveAsync(caller, Id(groupId), contacts == "delete", precondition, cancellationToken) ? Answer.NoContent() : throw Unknown();
    }

    /// <summary>Changes who is in a group</summary>
    /// <remarks>Contacts that are taken out of their only group move to the default group.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> ChangeMembersAsync(
        Caller caller, string groupId, JsonBody body, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Show(caller, await writer.ChangeMembersAsync(caller, Id(groupId), MembershipDraft.Read(body), precondition, cancellationToken), StatusCodes.Status200OK);

    /// <summary>Puts a contact into a group</summary>
    /// <remarks>It stays in its other groups. A contact that is in the group already stays as it is.</remarks>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact of your book.</param>
    private static async Task<Answer> AddMemberAsync(
        Caller caller, string groupId, string contactId, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Done(caller, await writer.AddMemberAsync(caller, Id(groupId), KnownId(contactId), precondition, cancellationToken));

    /// <summary>Takes a contact out of a group</summary>
    /// <remarks>If it was its only group, the contact moves to the default group.</remarks>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact of the group.</param>
    private static async Task<Answer> RemoveMemberAsync(
        Caller caller, string groupId, string contactId, Precondition precondition, GroupWriter writer, CancellationToken cancellationToken) =>
        Done(caller, await writer.RemoveMemberAsync(caller, Id(groupId), KnownId(contactId), precondition, cancellationToken));

    private static Answer Show(Caller caller, GroupView? group, int status)
    {
        var output = new ArrayBufferWriter<byte>();
        (group ?? throw Unknown()).Write(output);
        return new Answer(status, output.WrittenMemory) { ETag = group.ETag(caller.Own) };
    }

    private static Answer Done(Caller caller, long? version) => Answer.NoContent(Answer.Tag(caller.Own.Tag, version ?? throw Unknown()));

    private static Guid Id(string groupId) => Guid.TryParseExact(groupId, "D", out var id) ? id : throw Unknown();

    private static string KnownId(string contactId) => TextLimits.IsId(contactId) ? contactId : throw Unknown();

    private static ProblemException Unknown() => new(
        Problems.NotFound,
        "No group, or no contact of your own book, has this id. "
        + "Somebody of the directory joins a group when you have added them: POST /contacts with contactType CLOUD.");
}
