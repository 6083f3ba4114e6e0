using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Architecture;

/// <summary>Reads the source of the service: <c>docs/architecture.md</c> has the picture that these tests hold.</summary>
public partial class LayerTests
{
    // A module uses modules of lower layers only.
    private static readonly string[][] Layers =
    [
        ["Http", "Storage"],
        ["Books", "Filtering"],
        ["Access"],
        ["Groups", "Idempotency", "Organizations", "Server"],
        ["Contacts"],
        ["Directory"],
        ["Bulk", "Changes"],
        ["Genesys", "Scim", "Webex"],
        ["Commands"],
    ];

    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["book"] = "Books",
        ["tombstone"] = "Books",
        ["api_token"] = "Access",
        ["user_access"] = "Access",
        ["access_revision"] = "Access",
        ["contact_group"] = "Groups",
        ["service_key"] = "Access",
        ["idempotency_record"] = "Idempotency",
        ["contact"] = "Contacts",
        ["directory_user"] = "Directory",
        ["webhook"] = "Changes",
        ["webhook_delivery"] = "Changes",
        ["webhook_lease"] = "Changes",
        ["organization_setting"] = "Organizations",
    };

    // SQL that names a table of another module, and why.
    private static readonly Dictionary<(string File, string Table), string> Exceptions = new()
    {
        [("Groups/DefaultGroup.cs", "book")] = "The default group and the book's reference to it come into being in one statement.",
        [("Groups/GroupReader.cs", "book")] = "Which group is the default one stands in the row of the book.",
        [("Groups/GroupReader.cs", "contact")] =
            "Members stand in the rows of the contacts, so that a contact is never read without its groups.",
        [("Groups/Membership.cs", "contact")] = "Members stand in the rows of the contacts.",
        [("Groups/Membership.cs", "book")] = "A move raises the revision in the same statement: one round trip.",
        [("Groups/Membership.cs", "tombstone")] = "Contacts that are deleted with their group leave tombstones in the same statement.",
        [("Contacts/ContactStatements.cs", "book")] = "A write of a contact is one statement, and raises the revision.",
        [("Contacts/ContactStatements.cs", "contact_group")] = "A write of a contact is one statement, and touches its groups.",
        [("Contacts/ContactStatements.cs", "tombstone")] = "A write of a contact is one statement, and a deleted one leaves a tombstone.",
        [("Contacts/ContactReader.cs", "book")] =
            "The version of a list of the own book is its revision and those of the directory entries in it.",
        [("Changes/ChangeStatements.cs", "book")] = "How far a book can be read is its revision.",
        [("Changes/ChangeStatements.cs", "contact")] = "The order of changes is that of all versions of a book.",
        [("Changes/ChangeStatements.cs", "contact_group")] = "The order of changes is that of all versions of a book.",
        [("Changes/ChangeStatements.cs", "tombstone")] = "The order of changes is that of all versions of a book.",
        [("Changes/Webhooks/WebhookQueue.cs", "book")] = "What is due is known by the revisions of the watched books, in one query.",
        [("Directory/QueueWriter.cs", "book")] = "The ETag of the list of queues is the revision of the book.",
        [("Directory/QueueWriter.cs", "contact")] = "A queue is nothing but a contact of the organization.",
        [("Scim/ScimUserReader.cs", "directory_user")] = "A filter of RFC 7644 becomes SQL over the resource.",
        [("Webex/WebexReader.cs", "contact")] = "The whole book in one answer, in the vendor's shape.",
        [("Webex/WebexReader.cs", "contact_group")] = "The whole book in one answer, in the vendor's shape.",
    };

    private static readonly List<(string File, string Module, string Text)> Source = ReadSource();

    [Fact]
    public void A_module_uses_lower_layers_only()
    {
        var layerOf = Layers
            .SelectMany((modules, layer) => modules.Select(module => (module, layer)))
            .ToDictionary(pair => pair.module, pair => pair.layer);
        Assert.All(Source, file => Assert.True(layerOf.ContainsKey(file.Module), $"{file.Module} is in no layer."));

        var wrong = Source
            .SelectMany(file => Used(file.Text)
                .Where(used => used != file.Module && layerOf[used] >= layerOf[file.Module])
                .Select(used => $"{file.File} uses {used}"))
            .ToList();

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_table_is_named_in_the_SQL_of_its_own_module()
    {
        var named = Source
            .SelectMany(file => Strings().Matches(file.Text)
                .SelectMany(text => Tables().Matches(text.Value))
                .Select(match => (file.File, file.Module, Table: match.Groups["table"].Value)))
            .Where(use => Owners.TryGetValue(use.Table, out var owner) && owner != use.Module)
            .Select(use => (use.File, use.Table))
            .ToHashSet();

        Assert.Equal(Exceptions.Keys.Order(), named.Order());
    }

    [Fact]
    public void Every_table_has_an_owner()
    {
        var migrations = System.IO.Directory.GetFiles(Path.Combine(Root(), "Storage", "Migrations"), "*.sql").Order(StringComparer.Ordinal);
        var tables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sql in migrations.Select(File.ReadAllText))
        {
            tables.UnionWith(Created().Matches(sql).Select(match => match.Groups[1].Value));
            foreach (Match renamed in Renamed().Matches(sql))
            {
                tables.Remove(renamed.Groups[1].Value);
                tables.Add(renamed.Groups[2].Value);
            }
        }

        Assert.Equal(Owners.Keys.Order(StringComparer.Ordinal), tables.Order(StringComparer.Ordinal));
    }

    // IDE0005 keeps unnecessary imports out, so the imports are what a file uses; a qualified name counts, too.
    private static IEnumerable<string> Used(string text) =>
        Imports().Matches(text)
            .Concat(Qualified().Matches(text))
            .Select(match => match.Groups["module"].Value)
            .Distinct(StringComparer.Ordinal);

    private static List<(string File, string Module, string Text)> ReadSource() =>
    [
        .. System.IO.Directory.GetFiles(Root(), "*.cs", SearchOption.AllDirectories)
            .Select(path => (File: Path.GetRelativePath(Root(), path).Replace('\\', '/'), Path: path))
            .Where(file => file.File.Contains('/'))
            .Where(file => !file.File.StartsWith("bin/", StringComparison.Ordinal))
            .Where(file => !file.File.StartsWith("obj/", StringComparison.Ordinal))
            .Select(file => (file.File, file.File[..file.File.IndexOf('/')], File.ReadAllText(file.Path))),
    ];

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "ContactsService"));

    [GeneratedRegex(@"^using (static )?ContactsService\.(?<module>(?!LocalPostgres)\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Imports();

    [GeneratedRegex(
        @"(?<!namespace |using |using static )\bContactsService\.(?<module>Access|Books|Bulk|Changes|Commands|Contacts|Directory|Filtering|"
        + @"Genesys|Groups|Http|Idempotency|Organizations|Scim|Server|Storage|Webex)\.[A-Z]",
        RegexOptions.None,
        1000)]
    private static partial Regex Qualified();

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Singleline, 1000)]
    private static partial Regex Strings();

    [GeneratedRegex(@"\b(FROM|JOIN|USING)\s+(?<table>[a-z_]+)\b(?!\s*\()|\b(INTO|UPDATE)\s+(?<table>[a-z_]+)\b", RegexOptions.None, 1000)]
    private static partial Regex Tables();

    [GeneratedRegex(@"CREATE TABLE (\w+)", RegexOptions.None, 1000)]
    private static partial Regex Created();

    [GeneratedRegex(@"ALTER TABLE (\w+) RENAME TO (\w+)", RegexOptions.None, 1000)]
    private static partial Regex Renamed();
}
