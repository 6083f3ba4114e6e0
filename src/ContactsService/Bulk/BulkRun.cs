using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>Executes the operations of a plan in memory, in order. An operation that fails changes nothing.</summary>
internal sealed class BulkRun(Caller caller, RequestLimits limits, BulkPlan plan, ContactBatch contacts, GroupBatch groups)
{
    private readonly BulkReferences references = new();

    /// <summary>Executes all operations.</summary>
    /// <param name="throwIfStopped">Ends the work when nobody waits for it: the book is locked meanwhile.</param>
    public List<BulkResult> Execute(Action throwIfStopped)
    {
        var results = new List<BulkResult>(plan.Operations.Count);
        var failures = 0;
        foreach (var operation in plan.Operations)
        {
            throwIfStopped();
            var result = failures < plan.Request.FailOnErrors ? Attempt(operation) : BulkResult.Of(NotExecuted());
            failures += result.Problem is null ? 0 : 1;
            references.Add(operation.Operation, result.Id);
            results.Add(result);
        }

        return results;
    }

    private static ProblemException NotExecuted() => new(
        Problems.FailedDependency, "As many earlier operations have failed as failOnErrors allows. Correct them, and send this one again.");

    private BulkResult Attempt(PreparedOperation operation)
    {
        try
        {
            return operation.Problem is { } problem ? BulkResult.Of(problem) : Execute(operation);
        }
        catch (ProblemException problem)
        {
            return BulkResult.Of(problem);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return BulkResult.Of(BulkPlan.TooLarge(limits));
        }
    }

    private BulkResult Execute(PreparedOperation operation) => operation.Operation.Path.Resource switch
    {
        BulkResource.Contacts => AddContact(operation),
        BulkResource.Contact => WriteContact(operation, references.ResolveContact(operation.Operation.Path.Id, "path")),
        BulkResource.Groups => AddGroup(operation),
        BulkResource.Group => WriteGroup(operation, GroupId(operation)),
        BulkResource.Members => ChangeMembers(operation, GroupId(operation)),
        _ => WriteMember(operation, GroupId(operation), references.ResolveContact(operation.Operation.Path.MemberId, "path")),
    };

    private BulkResult AddContact(PreparedOperation operation) =>
        BulkResult.Of(caller, contacts.Add(Resolve(operation.Contact!)), isNew: true, isUnchanged: false);

    private BulkResult WriteContact(PreparedOperation operation, string id)
    {
        switch (operation.Operation.Method)
        {
            case "PUT":
                var draft = BulkReferences.IsReference(operation.Operation.Path.Id)
                    ? ContactChecks.Require(id, operation.Contact!)
                    : operation.Contact!;
                var (put, isNew, isSame) = contacts.Put(id, Resolve(draft), operation.Precondition);
                return BulkResult.Of(caller, put, isNew, isSame);
            case "PATCH":
                var patched = contacts.Patch(
                    id, current => Resolve(ContactChecks.ReadPatched(current, operation.Patch)), operation.Precondition);
                return patched is var (contact, isUnchanged)
                    ? BulkResult.Of(caller, contact, isNew: false, isUnchanged)
                    : throw ProblemException.NotFound("contact");
            default:
                return contacts.Remove(id, operation.Precondition)
                    ? BulkResult.NoContent
                    : throw ProblemException.NotFound("contact");
        }
    }

    private BulkResult AddGroup(PreparedOperation operation) =>
        BulkResult.Of(caller, groups.Add(Guid.CreateVersion7(), Resolve(operation.Group!)), isNew: true, isUnchanged: false);

    private BulkResult WriteGroup(PreparedOperation operation, Guid id)
    {
        switch (operation.Operation.Method)
        {
            case "PUT":
                var draft = operation.Group!;
                GroupChecks.Require(caller, draft, id); // again, when the id was a reference
                var (put, isNew, isSame) = groups.Put(id, Resolve(draft), operation.Precondition);
                return BulkResult.Of(caller, put, isNew, isSame);
            case "PATCH":
                var patched = groups.Patch(
                    id, current => Resolve(GroupChecks.ReadPatched(current, operation.Patch)), operation.Precondition);
                return patched is var (group, isUnchanged)
                    ? BulkResult.Of(caller, group, isNew: false, isUnchanged)
                    : throw GroupChecks.Unknown();
            default:
                return groups.Remove(id, GroupChecks.DeletesContacts(operation.Operation.Path.Query), operation.Precondition)
                    ? BulkResult.NoContent
                    : throw GroupChecks.Unknown();
        }
    }

    private BulkResult ChangeMembers(PreparedOperation operation, Guid id)
    {
        var group = groups.ChangeMembers(id, operation.Membership!.With(references.ResolveContacts), operation.Precondition)
            ?? throw GroupChecks.Unknown();
        return BulkResult.Of(caller, group, isNew: false, isUnchanged: false);
    }

    private BulkResult WriteMember(PreparedOperation operation, Guid id, string contactId)
    {
        if (operation.Operation.Method == "PUT")
        {
            var (version, isUnchanged) = groups.AddMember(id, contactId, operation.Precondition) ?? throw GroupChecks.Unknown();
            return BulkResult.Of(caller, version, isUnchanged);
        }

        var left = groups.RemoveMember(id, contactId, operation.Precondition) ?? throw GroupChecks.Unknown();
        return BulkResult.Of(caller, left, isUnchanged: false);
    }

    private Guid GroupId(PreparedOperation operation) => GroupChecks.Id(references.ResolveGroup(operation.Operation.Path.Id, "path"));

    private ContactDraft Resolve(ContactDraft draft)
    {
        draft.Groups = draft.Groups is null ? null : references.ResolveGroups("groups", draft.Groups);
        return draft;
    }

    private GroupDraft Resolve(GroupDraft draft)
    {
        draft.Members = draft.Members is null ? null : references.ResolveContacts("members", draft.Members);
        return draft;
    }
}
