using System.Text.Json;

namespace ContactsService.Client;

/// <summary>
/// The five methods of the Webex guide, as its SDK (@webex/calling) implements them, but over the native API and in plain text.
/// </summary>
internal sealed class GuideCalls(ContactCalls contacts, GroupCalls groups)
{
    private const string Success = "SUCCESS";
    private const string Failure = "FAILURE";

    // The SDK writes this into every contact; the guide shows it in the answer.
    private const string Schema = "urn:cisco:codev:identity:contact:core:1.0";

    // The largest page of the service, for few requests.
    private static readonly ListQuery Own = new() { Where = [ContactAttributes.OwnerId.Is("me")], PageSize = 1000 };

    public Task<ContactResponse> GetContactsAsync(CancellationToken cancellationToken) => AnswerAsync(
        async () =>
        {
            var page = await contacts.GetPageAsync(Own, null, cancellationToken).ConfigureAwait(false);
            var ownGroups = page.Groups ?? [];
            List<Contact> all = [.. page.Contacts];
            while (page.NextPageToken is not null)
            {
                page = await contacts.GetPageAsync(Own, page.NextPageToken, cancellationToken).ConfigureAwait(false);
                all.AddRange(page.Contacts);
            }

            return Done(200, new() { Contacts = all, Groups = ownGroups });
        },
        cancellationToken);

    public Task<ContactResponse> CreateContactAsync(Contact contact, CancellationToken cancellationToken) => contact.ContactType switch
    {
        ContactTypes.Cloud when string.IsNullOrEmpty(contact.ContactId) =>
            Task.FromResult(Failed(400, "contactId is required for contactType:CLOUD.")),
        ContactTypes.Cloud or ContactTypes.Custom => AnswerAsync(
            async () =>
            {
                var added = await contacts.AddAsync(contact with { Schemas = Schema }, null, cancellationToken).ConfigureAwait(false);
                return Done(201, new() { Contact = added });
            },
            cancellationToken),
        _ => Task.FromResult(Failed(400, "Unknown contactType received.")),
    };

    public Task<ContactResponse> DeleteContactAsync(string contactId, CancellationToken cancellationToken) =>
        DeleteAsync(contactId, () => contacts.RemoveAsync(contactId, null, cancellationToken), cancellationToken);

    public Task<ContactResponse> CreateContactGroupAsync(ContactGroup group, CancellationToken cancellationToken) => AnswerAsync(
        async () => Done(201, new() { Group = await groups.AddAsync(group, null, cancellationToken).ConfigureAwait(false) }),
        cancellationToken);

    public Task<ContactResponse> DeleteContactGroupAsync(string groupId, CancellationToken cancellationToken) =>
        DeleteAsync(groupId, () => groups.RemoveAsync(groupId, null, cancellationToken), cancellationToken);

    private static Task<ContactResponse> DeleteAsync(string id, Func<Task<bool>> remove, CancellationToken cancellationToken) =>
        // Ids that cannot be part of an address do not exist.
        id is null or "" or "." or ".."
            ? Task.FromResult(Failed(404))
            : AnswerAsync(async () => await remove().ConfigureAwait(false) ? Done(204, new()) : Failed(404), cancellationToken);

    private static async Task<ContactResponse> AnswerAsync(Func<Task<ContactResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ProblemException conflict) when (conflict.Code == "group-name-taken")
        {
            // The SDK searches its cached list, which may be out of date; the answer of the service is not.
            return Failed(400, "Group displayName already exists");
        }
        catch (ProblemException problem)
        {
            return Failed(problem.Status);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            return Failed(422);
        }
    }

    private static ContactResponse Done(int status, ContactResponseData data) =>
        new() { StatusCode = status, Data = data, Message = Success };

    private static ContactResponse Failed(int status) => Failed(status, Reason(status));

    private static ContactResponse Failed(int status, string reason) =>
        new() { StatusCode = status, Data = new() { Error = reason }, Message = Failure };

    // The texts of the SDK, with its spelling.
    private static string Reason(int status) => status switch
    {
        400 => "400 Bad request",
        401 => "User is unauthorised, possible token expiry",
        403 => "User request is forbidden",
        404 => "User info not found",
        408 => "Request to the server timedout",
        500 => "Internal server error occurred",
        501 => "Method is not implemented at the backend",
        503 => "Unable to establish a connection with the server",
        _ => $"{status} Exception has occurred",
    };
}
