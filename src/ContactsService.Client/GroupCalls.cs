using System.Runtime.CompilerServices;

namespace ContactsService.Client;

/// <summary>
/// The calls of <c>/groups</c>, all about your own. Each may be made from any thread. Beside what stands with them, all throw
/// <see cref="ProblemException"/> for what the service refuses, <see cref="HttpRequestException"/> when there is no answer, and
/// <see cref="System.Text.Json.JsonException"/> when it is none.
/// </summary>
public sealed class GroupCalls
{
    private const string Groups = "groups";

    private readonly Exchange exchange;

    internal GroupCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Reads a group; null when you have none of this id.</summary>
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

    /// <summary>Reads a group.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>: you have none of this id.</exception>
    public Task<ContactGroup> GetAsync(string groupId, CancellationToken cancellationToken = default) =>
        GroupAsync(new(HttpMethod.Get, Address(groupId)), cancellationToken);

    /// <summary>Reads a group, unless it is still the version you have; null then.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="etag">The <see cref="ContactGroup.ETag"/> that you have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException"><c>not-found</c>: you have none of this id.</exception>
    public async Task<ContactGroup?> GetIfChangedAsync(string groupId, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(new(HttpMethod.Get, Address(groupId)) { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Group(reply);
    }

    /// <summary>Lists your groups, page after page as they are needed.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the query has what is not known.</exception>
    public async IAsyncEnumerable<ContactGroup> ListAsync(ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

    /// <summary>Reads one page of your groups.</summary>
    /// <param name="query">What is asked for; the same for all pages, but for its page size.</param>
    /// <param name="pageToken">The <see cref="GroupPage.NextPageToken"/> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>; <c>invalid-page-token</c>: it belongs to another query.</exception>
    public async Task<GroupPage> GetPageAsync(ListQuery? query = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        Page(await exchange.SendAsync(List(query, pageToken), cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the first page of your groups, unless nothing has changed since; null then.</summary>
    /// <param name="query">The same as when it was read.</param>
    /// <param name="etag">The <see cref="GroupPage.ETag"/> that you have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<GroupPage?> GetPageIfChangedAsync(ListQuery? query, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(List(query, null) with { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Page(reply);
    }

    /// <summary>Adds a group and gives it as it was stored. A repeat within the call adds it once.</summary>
    /// <param name="group">With a name that you have not used yet.</param>
    /// <param name="idempotencyKey">Your own key, 1 to 255 characters of ASCII, to repeat the call even after a restart; null makes one for this call.</param>
    /// <param name="cancellationToken">Ends the waiting; the group may be added nevertheless.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>; <c>group-name-taken</c>, with the <see cref="ProblemException.GroupId"/>.</exception>
    public Task<ContactGroup> AddAsync(ContactGroup group, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        GroupAsync(
            new Call(HttpMethod.Post, Groups) { IdempotencyKey = idempotencyKey ?? Call.NewKey() }.With(group, ClientJson.Wire.ContactGroup),
            cancellationToken);

    /// <summary>Replaces a group: what is null is unset, but for its members, who stay.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="group">All that it is to be.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be replaced nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: it has changed; <c>group-name-taken</c>.</exception>
    public Task<ContactGroup> ReplaceAsync(string groupId, ContactGroup group, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        GroupAsync(new Call(HttpMethod.Put, Address(groupId)) { IfMatch = ifMatch }.With(group, ClientJson.Wire.ContactGroup), cancellationToken);

    /// <summary>Changes a part of a group. It is repeated after a lost answer only with <paramref name="ifMatch"/>.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="patch">What to change.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be changed nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: it has changed; <c>group-name-taken</c>.</exception>
    public Task<ContactGroup> PatchAsync(string groupId, GroupPatch patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        GroupAsync(new Call(HttpMethod.Patch, Address(groupId)) { IfMatch = ifMatch }.With(patch.Changes), cancellationToken);

    /// <summary>Deletes a group; its contacts stay, in the default group if they are in no other. True when it is gone by this call, false when there was none.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>default-group-in-use</c>; <c>stale</c>: it has changed.</exception>
    public Task<bool> RemoveAsync(string groupId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Address(groupId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>Deletes a group and those of its contacts that are in no other. True when it is gone by this call, false when there was none.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>default-group-in-use</c>; <c>stale</c>: it has changed.</exception>
    public Task<bool> RemoveWithContactsAsync(string groupId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, $"{Address(groupId)}?contacts=delete") { IfMatch = ifMatch }, cancellationToken);

    /// <summary>Puts a contact into a group, where it may be already.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact of your book.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be done nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: the group has changed; <c>group-limit</c>.</exception>
    public Task AddMemberAsync(string groupId, string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.SendAsync(new(HttpMethod.Put, Member(groupId, contactId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>
    /// Takes a contact out of a group; from its last one it moves to the default group. True when it is out by this call, false when it was not in it.
    /// </summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be done nevertheless.</param>
    /// <exception cref="ProblemException"><c>last-group</c>: the default group is its only one; <c>stale</c>: the group has changed.</exception>
    public Task<bool> RemoveMemberAsync(string groupId, string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Member(groupId, contactId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>Puts contacts into a group and takes others out, all or none, and gives the group.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="add">Ids of contacts of your book; empty for none.</param>
    /// <param name="remove">Ids of contacts of your book; empty for none.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be done nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>invalid-members</c>; <c>last-group</c>; <c>group-limit</c>; <c>stale</c>.</exception>
    public Task<ContactGroup> ChangeMembersAsync(
        string groupId, IReadOnlyList<string> add, IReadOnlyList<string> remove, string? ifMatch = null, CancellationToken cancellationToken = default) =>
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
