namespace ContactsService.Tests.Directories;

/// <summary>The permissions of each role for each kind of contact, in each API.</summary>
public class PermissionTests(Service service)
{
    /// <summary>
    /// The columns after the role: a CUSTOM contact of the caller's book, one of the organization, a user, a queue, a CUSTOM contact of
    /// another user's book. A list has the status and whether it shows the contact; a dash is an operation that the API does not have.
    /// </summary>
    private const string Table = """
        api     operation role   own   shared user  queue other
        native  LIST      agent  200+  200+   200+  200+  200-
        native  LIST      admin  200+  200+   200+  200+  200-
        native  GET       agent  200   200    200   200   404
        native  GET       admin  200   200    200   200   404
        native  POST      agent  201   403    201   201   400
        native  POST      admin  201   201    201   201   400
        native  PUT       agent  200   403    201   201   201
        native  PUT       admin  200   200    201   201   201
        native  PATCH     agent  200   403    403   403   404
        native  PATCH     admin  200   200    403   403   404
        native  DELETE    agent  204   403    403   403   404
        native  DELETE    admin  204   204    403   403   404
        genesys LIST      agent  200+  200+   200+  200+  200-
        genesys LIST      admin  200+  200+   200+  200+  200-
        genesys GET       agent  200   200    200   200   404
        genesys GET       admin  200   200    200   200   404
        genesys POST      agent  -     403    403   403   -
        genesys POST      admin  -     201    403   403   -
        genesys PUT       agent  403   403    403   403   403
        genesys PUT       admin  403   200    403   403   404
        genesys PATCH     agent  405   405    405   405   405
        genesys PATCH     admin  405   405    405   405   405
        genesys DELETE    agent  403   403    403   403   403
        genesys DELETE    admin  403   200    403   403   404
        """;

    public static TheoryData<string, string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string, string>();
        var rows = Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 3; column < row.Length; column++)
            {
                if (row[column] != "-")
                {
                    cells.Add(row[0], row[1], row[2], rows[0][column], row[column]);
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Matches_the_table_of_permissions(string api, string operation, string role, string kind, string expected)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin, "ann", role);
        var ben = await service.ColleagueAsync(admin, "ben");
        var id = kind switch
        {
            "own" => await ann.AddContactAsync("Thing"),
            "shared" => await admin.AddSharedAsync("Thing"),
            "user" => await admin.AddNamedUserAsync("thing", "Thing"),
            "queue" => await admin.AddQueueAsync("Thing"),
            _ => await ben.AddContactAsync("Thing"),
        };

        var reply = await (api == "native" ? DoNativelyAsync(ann, operation, kind, id) : DoAsGenesysAsync(ann, operation, kind, id));

        reply.ShouldBe(int.Parse(expected[..3]));
        if (operation == "LIST")
        {
            Assert.Equal(expected.EndsWith('+') ? 1 : 0, reply["contacts"]!.AsArray().Count);
        }
        else if ((int)reply.Status >= 400 && operation != "POST")
        {
            var holder = kind == "other" ? ben : ann;
            Assert.Equal("Thing", (await holder.GetAsync($"/contacts/{id}")).ShouldBe(200).Value("displayName"));
        }
    }

    private static Task<Reply> DoNativelyAsync(Person ann, string operation, string kind, string id)
    {
        var body = kind switch
        {
            "user" => """{"contactType":"CLOUD","type":"User"}""",
            "queue" => """{"contactType":"CLOUD","type":"Queue"}""",
            _ => """{"contactType":"CUSTOM","displayName":"Changed"}""",
        };
        var added = kind switch
        {
            "user" => $$"""{"contactType":"CLOUD","type":"User","contactId":"{{id}}"}""",
            "queue" => $$"""{"contactType":"CLOUD","type":"Queue","contactId":"{{id}}"}""",
            "shared" => $$"""{"contactType":"CUSTOM","displayName":"New","ownerId":"{{ann.Organization}}"}""",
            "other" => """{"contactType":"CUSTOM","displayName":"New","ownerId":"ben"}""",
            _ => """{"contactType":"CUSTOM","displayName":"New"}""",
        };
        return operation switch
        {
            "LIST" => ann.GetAsync($"/contacts?contactId={id}"),
            "GET" => ann.GetAsync($"/contacts/{id}"),
            "POST" => ann.PostAsync("/contacts", added),
            "PUT" => ann.PutAsync($"/contacts/{id}", body),
            "PATCH" => ann.PatchAsync($"/contacts/{id}", """{"displayName":"Changed"}"""),
            _ => ann.DeleteAsync($"/contacts/{id}"),
        };
    }

    private static Task<Reply> DoAsGenesysAsync(Person ann, string operation, string kind, string id)
    {
        var type = kind switch { "user" => "User", "queue" => "Queue", _ => "Custom" };
        return operation switch
        {
            "LIST" => ann.GetAsync($"/api/v2/contacts?id={id}"),
            "GET" => ann.GetAsync($"/api/v2/contacts/{id}"),
            "POST" => ann.PostAsync("/api/v2/contacts", $$"""{"name":"New","type":"{{type}}"}"""),
            "PUT" => ann.PutAsync($"/api/v2/contacts/{id}", $$"""{"name":"Changed","type":"{{type}}"}"""),
            "PATCH" => ann.PatchAsync($"/api/v2/contacts/{id}", """{"name":"Changed"}"""),
            _ => ann.DeleteAsync($"/api/v2/contacts/{id}"),
        };
    }
}
