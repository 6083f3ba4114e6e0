using System.Runtime.InteropServices;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>An operation as far as it can be checked without the books.</summary>
/// <param name="Operation">What was sent.</param>
internal sealed record PreparedOperation(BulkOperation Operation)
{
    /// <summary>Why it cannot be executed; null when it can be.</summary>
    public ProblemException? Problem { get; init; }

    /// <summary>Its preconditions.</summary>
    public Precondition Precondition { get; init; } = Precondition.None;

    /// <summary>The body of POST and PUT of a contact.</summary>
    public ContactDraft? Contact { get; init; }

    /// <summary>The body of POST and PUT of a group.</summary>
    public GroupDraft? Group { get; init; }

    /// <summary>The body of POST of members.</summary>
    public MembershipDraft? Membership { get; init; }

    /// <summary>The body of PATCH.</summary>
    public JsonElement Patch { get; init; }
}

/// <summary>The operations of a request, checked as far as possible before a book is locked, and what they name.</summary>
internal sealed class BulkPlan
{
    private readonly Caller caller;
    private readonly RequestLimits limits;
    private readonly HashSet<string> contacts = new(StringComparer.Ordinal);
    private readonly HashSet<string> members = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> groups = [];
    private readonly HashSet<Guid> emptiedGroups = [];
    private readonly HashSet<Guid> shownGroups = [];
    private readonly Dictionary<string, Guid> replacedGroups = new(StringComparer.Ordinal);

    /// <summary>Prepares a request.</summary>
    public BulkPlan(Caller caller, RequestLimits limits, BulkRequest request)
    {
        this.caller = caller;
        this.limits = limits;
        Request = request;
        Operations = [.. request.Operations.Select(Prepare)];
        foreach (var operation in Operations.Where(operation => operation.Problem is null))
        {
            Collect(operation);
        }
    }

    /// <summary>The request.</summary>
    public BulkRequest Request { get; }

    /// <summary>The operations, in order.</summary>
    public IReadOnlyList<PreparedOperation> Operations { get; }

    /// <summary>Contacts that are written.</summary>
    public string[] Contacts => [.. contacts];

    /// <summary>Contacts that join or leave groups.</summary>
    public string[] Members => [.. members.Except(contacts, StringComparer.Ordinal)];

    /// <summary>Groups that are written.</summary>
    public Guid[] Groups => [.. groups];

    /// <summary>Groups whose contacts have to be known.</summary>
    public IReadOnlyCollection<Guid> EmptiedGroups => emptiedGroups;

    /// <summary>Groups whose contacts are answered.</summary>
    public IReadOnlyCollection<Guid> ShownGroups => shownGroups;

    /// <summary>True when a contact is to be added to the organization's book.</summary>
    public bool AddsToOrganization =>
        caller.MayWriteOrganization && Operations.Any(operation => operation.Contact?.OwnerId == caller.Organization);

    private PreparedOperation Prepare(BulkOperation operation)
    {
        try
        {
            operation.Path.Require(operation.Method);
            return Read(operation, Precondition.Of(operation.IfMatch, operation.IfNoneMatch));
        }
        catch (ProblemException problem)
        {
            return new(operation) { Problem = problem };
        }
    }

    private PreparedOperation Read(BulkOperation operation, Precondition precondition)
    {
        var path = operation.Path;
        var prepared = new PreparedOperation(operation) { Precondition = precondition };
        switch (path.Resource, operation.Method)
        {
            case (BulkResource.Contacts, _):
                var added = ContactJson.Read(Body(operation));
                DraftValidation.Require(ContactRules.Default, added);
                return prepared with { Contact = added };
            case (BulkResource.Contact, "PUT"):
                RequireContactId(path.Id);
                var put = ContactJson.Read(Body(operation));
                return prepared with { Contact = BulkReferences.IsReference(path.Id) ? put : ContactChecks.Require(path.Id, put) };
            case (BulkResource.Contact, _):
                RequireContactId(path.Id);
                return operation.Method == "PATCH" ? prepared with { Patch = Body(operation) } : prepared;
            case (BulkResource.Groups, _):
                var group = GroupDraft.Read(Body(operation));
                GroupChecks.Require(caller, group, id: null);
                return prepared with { Group = group };
            case (BulkResource.Group, "PUT"):
                var id = GroupId(path.Id);
                var replaced = GroupDraft.Read(Body(operation));
                GroupChecks.Require(caller, replaced, id);
                return prepared with { Group = replaced };
            case (BulkResource.Group, "PATCH"):
                GroupId(path.Id);
                return prepared with { Patch = Body(operation) };
            case (BulkResource.Group, _):
                _ = GroupChecks.DeletesContacts(path.Query);
                GroupId(path.Id);
                return prepared;
            case (BulkResource.Members, _):
                GroupId(path.Id);
                return prepared with { Membership = MembershipDraft.Read(Body(operation)) };
            default:
                GroupId(path.Id);
                RequireMemberId(path.MemberId);
                return prepared;
        }
    }

    private JsonElement Body(BulkOperation operation)
    {
        if (operation.Data is { } data && JsonMarshal.GetRawUtf8Value(data).Length > limits.BodyBytes)
        {
            throw TooLarge(limits);
        }

        return JsonBody.Require(operation.Data, large: operation.Path.Resource is not (BulkResource.Contacts or BulkResource.Contact));
    }

    /// <summary>The problem of an operation that is larger than a request alone may be.</summary>
    public static ProblemException TooLarge(RequestLimits limits) =>
        new(Problems.BodyTooLarge, $"Send a smaller body. The limit of an operation is {limits.BodyBytes} bytes.");

    private static void RequireContactId(string id)
    {
        if (!BulkReferences.IsReference(id) && !TextLimits.IsId(id))
        {
            throw ProblemException.NotFound("contact");
        }
    }

    private static void RequireMemberId(string id)
    {
        if (!BulkReferences.IsReference(id))
        {
            GroupChecks.MemberId(id);
        }
    }

    private static Guid? GroupId(string id) => BulkReferences.IsReference(id) ? null : GroupChecks.Id(id);

    private void Collect(PreparedOperation prepared)
    {
        var path = prepared.Operation.Path;
        switch (path.Resource)
        {
            case BulkResource.Contacts when prepared.Contact!.ContactId is { } id:
                contacts.Add(id);
                break;
            case BulkResource.Contact:
                contacts.Add(path.Id);
                break;
            case BulkResource.Groups or BulkResource.Group or BulkResource.Members or BulkResource.Member:
                CollectGroup(prepared);
                break;
        }
    }

    private void CollectGroup(PreparedOperation prepared)
    {
        var path = prepared.Operation.Path;
        List<string> named = [.. prepared.Group?.Members ?? [], .. PatchedMembers(prepared.Patch)];
        members.UnionWith(named);
        members.UnionWith(prepared.Membership?.Add ?? []);
        members.UnionWith(prepared.Membership?.Remove ?? []);
        if (path.Resource == BulkResource.Member)
        {
            members.Add(path.MemberId);
        }

        if (path.Resource == BulkResource.Groups || FindGroup(path) is not { } id)
        {
            return;
        }

        if (prepared is { Group: not null, Operation.BulkId: { } bulkId })
        {
            replacedGroups[bulkId] = id;
        }

        groups.Add(id);
        if (prepared.Operation.Method == "DELETE" && path.Resource == BulkResource.Group || prepared.Group?.Members is not null
            || (prepared.Patch.ValueKind == JsonValueKind.Object && prepared.Patch.TryGetProperty("members", out _)))
        {
            emptiedGroups.Add(id);
        }
        else if (path.Resource != BulkResource.Member)
        {
            shownGroups.Add(id);
        }
    }

    // A reference to a group that is put may mean one that is there already; one that is posted is empty.
    private Guid? FindGroup(BulkPath path) => BulkReferences.BulkIdOf(path.Id) is { } bulkId
        ? replacedGroups.TryGetValue(bulkId, out var id) ? id : null
        : GroupChecks.Id(path.Id);

    private static IEnumerable<string> PatchedMembers(JsonElement patch) =>
        patch.ValueKind == JsonValueKind.Object
        && patch.TryGetProperty("members", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)
            : [];
}
