using System.Runtime.CompilerServices;

namespace ContactsService.Client;

/// <summary>
/// The operations of <c>/groups</c>, on your own groups. Safe for any number of threads. Besides the documented exceptions, all methods
/// throw
/// <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when there is no response, and
/// <see cref="System.Text.Json.JsonException"/> when the response cannot be read.
/// </summary>
public sealed class GroupCalls
{
    private const string Groups = "groups";

    private readonly Exchange exchange;

    internal GroupCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Returns a group; null when you have no group with this id.</summary>
    public async Task<ContactGroup?> FindAsync(string groupId, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(groupId, cancellationToken).ConfigureAwait(false);
        }
        catch (ProblemException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Returns a group.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>: you have no group with this id.</exception>
    public Task<ContactGroup> GetAsync(string groupId, CancellationToken cancellationToken = default) =>
        GroupAsync(new(HttpMethod.Get, Address(groupId)), cancellationToken);

    /// <summary>Returns a group; null when it has not changed since you read it.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="etag">The <see cref="ContactGroup.ETag"/> of the version that you have.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>not-found</c>: you have no group with this id.</exception>
    public async Task<ContactGroup?> GetIfChangedAsync(string groupId, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(new(HttpMethod.Get, Address(groupId)) { IfNoneMatch = etag }, cancellationToken)
            .ConfigureAwait(false);
        return reply.Status == 304 ? null : Group(reply);
    }

    /// <summary>Lists your groups, requesting pages as they are needed.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the query names an unknown attribute, operator or value.</exception>
    public async IAsyncEnumerable<ContactGroup> ListAsync(
        ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = null;
        do
        {
            var page = await GetPageAsync(query, token, cancellationToken).ConfigureAwait(false);
            foreach (var group in page.Groups)
            {
                yield return group;
            }

            token = page.NextPageToken;
        }
        while (token is not null);
    }

    /// <summary>Returns a page of your groups.</summary>
    /// <param name="query">The query. All pages need the same query; only the page size may differ.</param>
    /// <param name="pageToken">The <see cref="GroupPage.NextPageToken"/> of the previous page; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>; <c>invalid-page-token</c>: the token belongs to another query.</exception>
    public async Task<GroupPage> GetPageAsync(
        ListQuery? query = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        Page(await exchange.SendAsync(List(query, pageToken), cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the first page of your groups; null when the list has not changed since you read it.</summary>
    /// <param name="query">The same query as before.</param>
    /// <param name="etag">The <see cref="GroupPage.ETag"/> of the page that you have.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<GroupPage?> GetPageIfChangedAsync(ListQuery? query, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(List(query, null) with { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Page(reply);
    }

    /// <summary>Adds a group and returns it as it was stored. Retries within the call add it only once.</summary>
    /// <param name="group">The group, with a name that none of your groups has.</param>
    /// <param name="idempotencyKey">
    /// Your own key, 1 to 255 printable ASCII characters, so that you can repeat the call even after a restart; null to create one for this
    /// call.
    /// </param>
    /// <param name="cancellationToken">Cancels the request. The group may have been added nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>invalid-members</c>; <c>group-name-taken</c>, with the <see cref="ProblemException.GroupId"/>.
    /// </exception>
    public Task<ContactGroup> AddAsync(ContactGroup group, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        GroupAsync(
            new Call(HttpMethod.Post, Groups) { IdempotencyKey = idempotencyKey ?? Call.NewKey() }.With(
                group, ClientJson.Wire.ContactGroup),
            cancellationToken);

    /// <summary>Replaces a group. Members that are null are removed, except the list of contacts, which is kept.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="group">The complete new group.</param>
    /// <param name="ifMatch">
    /// The <see cref="ContactGroup.ETag"/> that must be current; null for any. Without it, a group that does not exist is created.
    /// </param>
    /// <param name="cancellationToken">Cancels the request. The group may have been replaced nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>stale</c>: the group has changed or does not exist; <c>group-name-taken</c>.
    /// </exception>
    public Task<ContactGroup> ReplaceAsync(
        string groupId, ContactGroup group, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        GroupAsync(
            new Call(HttpMethod.Put, Address(groupId)) { IfMatch = ifMatch }.With(group, ClientJson.Wire.ContactGroup), cancellationToken);

    /// <summary>
    /// Replaces a group, or creates it when you have no group with this id. Without a list of contacts, a group keeps its own.
    /// </summary>
    /// <param name="groupId">The group's id, a UUID.</param>
    /// <param name="group">The complete group.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been written nevertheless.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>; <c>group-name-taken</c>.</exception>
    public async Task<UpsertResult<ContactGroup>> UpsertAsync(
        string groupId, ContactGroup group, CancellationToken cancellationToken = default)
    {
        var call = new Call(HttpMethod.Put, Address(groupId)).With(group, ClientJson.Wire.ContactGroup);
        var reply = await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return new(Group(reply), reply.Status == 201);
    }

    /// <summary>Creates a group under an id of your choice, if you have no group with this id.</summary>
    /// <param name="groupId">The group's id, a UUID.</param>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been created nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>invalid-members</c>; <c>group-name-taken</c>; <c>stale</c>: you have a group with this id.
    /// </exception>
    public Task<ContactGroup> CreateAsync(string groupId, ContactGroup group, CancellationToken cancellationToken = default) =>
        GroupAsync(
            new Call(HttpMethod.Put, Address(groupId)) { IfNoneMatch = "*" }.With(group, ClientJson.Wire.ContactGroup), cancellationToken);

    /// <summary>Updates members of a group. After a lost response it is retried only with <paramref name="ifMatch"/>.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been updated nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: the group has changed; <c>group-name-taken</c>.</exception>
    public Task<ContactGroup> PatchAsync(
        string groupId, GroupPatch patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        GroupAsync(new Call(HttpMethod.Patch, Address(groupId)) { IfMatch = ifMatch }.With(patch.Changes), cancellationToken);

    /// <summary>
    /// Deletes a group. Its contacts are kept; those in no other group move to the default group. True when this call deleted the group,
    /// false when you have no group with this id.
    /// </summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>default-group-in-use</c>; <c>stale</c>: the group has changed.</exception>
    public Task<bool> RemoveAsync(string groupId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Address(groupId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>
    /// Deletes a group, and those of its contacts that are in no other group. True when this call deleted the group, false when you have no
    /// group with this id.
    /// </summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>default-group-in-use</c>; <c>stale</c>: the group has changed.</exception>
    public Task<bool> RemoveWithContactsAsync(string groupId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, $"{Address(groupId)}?contacts=delete") { IfMatch = ifMatch }, cancellationToken);

    /// <summary>Adds a contact to a group. It does nothing when the contact is in the group already.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact in your book.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been added nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: the group has changed; <c>group-limit</c>.</exception>
    public Task AddMemberAsync(string groupId, string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.SendAsync(new(HttpMethod.Put, Member(groupId, contactId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>
    /// Removes a contact from a group. A contact that is in no other group moves to the default group. True when this call removed the
    /// contact, false when it was not in the group.
    /// </summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been removed nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>last-group</c>: the contact is only in the default group; <c>stale</c>: the group has changed.
    /// </exception>
    public Task<bool> RemoveMemberAsync(
        string groupId, string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Member(groupId, contactId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>Adds contacts to a group and removes others, all or none, and returns the group.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="add">Ids of contacts in your book; empty for none.</param>
    /// <param name="remove">Ids of contacts in your book; empty for none.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The members may have been changed nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>not-found</c>; <c>invalid-members</c>; <c>last-group</c>; <c>group-limit</c>; <c>stale</c>.
    /// </exception>
    public Task<ContactGroup> ChangeMembersAsync(
        string groupId,
        IReadOnlyList<string> add,
        IReadOnlyList<string> remove,
        string? ifMatch = null,
        CancellationToken cancellationToken = default) =>
        GroupAsync(
            new Call(HttpMethod.Post, $"{Address(groupId)}/members") { IfMatch = ifMatch, IdempotencyKey = Call.NewKey() }
                .With(new MembershipChange(add, remove), ClientJson.Wire.MembershipChange),
            cancellationToken);

    private static string Address(string groupId) => Call.Path(Groups, groupId);

    private static string Member(string groupId, string contactId) => Call.Path($"{Address(groupId)}/members", contactId);

    private static Call List(ListQuery? query, string? pageToken) => new(HttpMethod.Get, (query ?? new()).Address(Groups, pageToken));

    private async Task<ContactGroup> GroupAsync(Call call, CancellationToken cancellationToken) =>
        Group(await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false));

    private static ContactGroup Group(Reply reply) => reply.Read(ClientJson.Wire.ContactGroup) with { ETag = reply.ETag };

    private static GroupPage Page(Reply reply) => reply.Read(ClientJson.Wire.GroupPage) with { ETag = reply.ETag };
}
