namespace ContactsService.Tests.Directories;

/// <summary>
/// An organization with a contact of every kind, as its agent ann sees it: of the users, Joe is in her book, Sue is not, Tom left
/// when he was in it and Una when she was not; of the queues, Repairs is in her book and Billing is not; Taxi is the organization's, Mine
/// hers.
/// </summary>
internal sealed record Scene(Person Admin, Person Ann, string Joe, string Sue, string Tom, string Friends, string Default)
{
    public static async Task<Scene> MakeAsync(Service service)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var friends = await ann.AddGroupAsync("Friends");
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var sue = await admin.AddUserAsync("""
            "userName":"sue","displayName":"Sue Jones","name":{"givenName":"Sue","familyName":"Jones"},
            "emails":[{"value":"Sue@Example.com"},{"value":"sue@home.example"}],"phoneNumbers":[{"value":"15003"}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}
            """);
        var tom = await admin.AddUserAsync("""
            "userName":"tom","displayName":"Tom Left","name":{"givenName":"Tom","familyName":"Left"},"phoneNumbers":[{"value":"15004"}]
            """);
        var una = await admin.AddNamedUserAsync("una", "Una Unseen");
        await admin.AddQueueAsync("Billing", "2000");
        var repairs = await admin.AddQueueAsync("Repairs", "2001");
        await admin.AddSharedAsync("Taxi", ""","phoneNumber":"4000" """);
        await ann.TakeAsync(joe, $$""","groups":["{{friends}}"],"primaryContactMethod":"MOBILE" """);
        await ann.TakeAsync(tom);
        var @default = (await ann.TakeAsync(repairs, ""","type":"Queue" """))["groups"]![0]!.GetValue<string>();
        (await ann.PostAsync(
            "/contacts",
            $$"""{"contactType":"CUSTOM","displayName":"Mine","lastName":"Johnson","phoneNumber":"5000","groups":["{{friends}}"]}"""))
            .ShouldBe(201);
        await admin.DeactivateAsync(tom);
        await admin.DeactivateAsync(una);
        return new(admin, ann, joe, sue, tom, friends, @default);
    }

    /// <summary>Puts ids where a query has names in braces.</summary>
    public string Fill(string query) => query
        .Replace("{joe}", Joe, StringComparison.Ordinal)
        .Replace("{friends}", Friends, StringComparison.Ordinal)
        .Replace("{default}", Default, StringComparison.Ordinal)
        .Replace("{org}", Ann.Organization, StringComparison.Ordinal);
}
