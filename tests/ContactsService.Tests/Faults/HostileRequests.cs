using System.Globalization;
using System.Text;

namespace ContactsService.Tests.Faults;

/// <summary>A request that nobody should send.</summary>
/// <param name="What">What is wrong with it.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="IsWhole">True when it is HTTP with a beginning and an end, so that an answer is due.</param>
internal sealed record HostileRequest(string What, byte[] Bytes, bool IsWhole);

/// <summary>Makes hostile requests; the same ones for the same seed.</summary>
internal sealed class HostileRequests(int seed, string token, string contactId, string groupId, string pageToken)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH"]; // what others are about is not deleted

    private static readonly string[] OddTexts =
    [
        "",
        " ",
        "'",
        "''; DROP TABLE contact; --",
        "\" OR 1=1 --",
        "\\",
        "\\\\",
        "%",
        "_",
        "%%%_",
        ".*",
        "(a+)+$",
        "[",
        "]",
        "[[",
        "{",
        "}",
        "$1",
        "$$",
        "{0}",
        "\0",
        "a\0b",
        "\t\r\n",
        "\u001b[31m",
        "😀",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "İıßﬀ",
        "\u202Eabc",
        "\uFEFF",
        "\uFFFF",
        "\uFFFD",
        "null",
        "true",
        "NaN",
        "Infinity",
        "-0",
        "1e999",
        "0x10",
        "9223372036854775807",
        "9223372036854775808",
        "-1",
        "00000000-0000-0000-0000-000000000000",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "2026-02-30T25:61:61Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "me",
        ",",
        ",,,",
        ";",
        "&",
        "=",
        "#",
        "?",
        "*",
        "\"",
        "W/\"x\"",
        new('x', 20_000), string.Concat(Enumerable.Repeat("😀", 9_000)), new('%', 5_000), new('1', 400),
    ];

    private static readonly string[] Escapes =
    [
        "%00", "%ff", "%fe%ff", "%c0%80", "%ed%a0%80", "..%2f", "%2e%2e%2f", "%", "%z", "%2", "%u0000", "%0d%0aX:%20y", "%F0%9F%98%80",
        "+", "%2B", "%25%30%30", "//", "/./", "/../", ";a=b", "\\",
    ];

    private static readonly string[] Attributes =
    [
        "contactId",
        "contactType",
        "type",
        "displayName",
        "firstName",
        "lastName",
        "companyName",
        "title",
        "department",
        "manager",
        "emails",
        "phoneNumbers",
        "sipAddresses",
        "addressInfo",
        "addressInfo.city",
        "avatarURL",
        "avatarUrlDomain",
        "primaryContactMethod",
        "groups",
        "encryptionKeyUrl",
        "kmsResourceObjectUrl",
        "schemas",
        "isMigration",
        "ownerId",
        "resolved",
        "userName",
        "employeeId",
        "meta",
        "created",
        "lastModified",
        "version",
        "name",
        "id",
        "phoneNumber",
        "groupId",
        "groupType",
        "isDefault",
        "members",
        "nobody",
        "sort", "pageSize", "pageToken", "fields", "contacts", "add", "remove", "user", "role", "days",
    ];

    private static readonly string[] Operators =
    [
        "", "[startsWith]", "[contains]", "[gt]", "[gte]", "[lt]", "[lte]", "[exists]", "[ne]", "[]", "[", "]", "[regex]", "[ne][ne]",
        "[STARTSWITH]",
    ];

    private static readonly string[] OddJson =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1e400",
        "-1e400",
        "123456789012345678901234567890",
        "0.1e-9999",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[{}]",
        "[1,\"a\",null,{}]",
        "{\"a\":1}",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "\"\\ud83d\\ude00\"",
        "[\"\\ud800\"]",
        "{\"\\ud800\":1}",
        "{\"value\":\"\\u0000\"}",
        "[{\"type\":null,\"value\":1}]",
        "[{\"value\":{}}]",
        "[{\"value\":[\"x\"]}]",
        "{\"value\":\"x\",\"value\":\"y\"}",
        "{\"city\":{\"city\":{}}}",
        "{\"city\":null}",
        "NaN",
        "Infinity",
        "undefined",
        "'x'",
        "01",
        ".5",
        "1.",
        "+1",
        "\"\\x\"",
        "\"\u0001\"",
        "[1,]",
        "{\"a\":1,}",
        "//\n1",
        "tru",
        "\"unfinished", "[", "{", "]", "}",
    ];

    private static readonly string[] OddHeaders =
    [
        "If-Match: x",
        "If-Match: \"",
        "If-Match: *, \"a\"",
        "If-Match: W/",
        "If-Match: ,,,",
        "If-Match: \"\0\"",
        "If-Match: \"é\"",
        "If-Match: \"00000000-99999999999999999999\"",
        "If-Match:",
        "If-None-Match: x",
        "If-None-Match: \"",
        "If-None-Match: W/\"",
        "If-None-Match: *",
        "If-None-Match: \"a\" \"b\"",
        "If-Match: \"a\"\r\nIf-Match: b",
        "Idempotency-Key:",
        "Idempotency-Key: \0",
        "Idempotency-Key: é\u00ff",
        "Idempotency-Key: a\r\nIdempotency-Key: b",
        "Idempotency-Key: \t",
        "Accept: x",
        "Accept: ;;;",
        "Accept: */*;q=2",
        "Accept: application/json;q=0",
        "Accept: text/html, nonsense",
        "Accept: \0",
        "Accept-Encoding: \u00ff, gzip;q=x",
        "Accept-Charset: bogus",
        "Accept-Language: \u00e9",
        "Authorization: Bearer",
        "Authorization: Bearer \u00e9\u00ff",
        "Authorization: Basic x",
        "Authorization: Bearer a b",
        "Authorization: \0",
        "Host:",
        "Host: a b",
        "Host: [::1",
        "Host: x\r\nHost: y",
        "Expect: 100-continue",
        "Expect: nonsense",
        "Range: bytes=0-1",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x",
        "Upgrade: websocket",
        "Connection: \u00ff",
        "Connection: close, keep-alive, Content-Length",
        "TE: trailers",
        "Trailer: Content-Length",
        "Cookie: =;=;\u00ff",
        "X-HTTP-Method-Override: DELETE",
        "X-Forwarded-For: '",
        "X-Forwarded-Proto: x y",
        "traceparent: nonsense",
        "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
        "traceparent: ff-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff",
        "tracestate: \u00ff=,,", "baggage: a=%ff", ": empty", "a b: c", "No-Colon", " Folded: x\r\n y", "Date: x", "Content-MD5: x",
    ];

    private static readonly string[] ContentHeaders =
    [
        "Content-Type: application/json;charset=bogus",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/json; charset=\"",
        "Content-Type: application/json; charset=",
        "Content-Type: application/json; charset=utf-7",
        "Content-Type: json",
        "Content-Type: ;;;",
        "Content-Type:",
        "Content-Type: \u00e9/\u00ff",
        "Content-Type: application/xml",
        "Content-Type: multipart/form-data",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "Content-Type: application/json-patch+json",
        "Content-Type: application/json\r\nContent-Encoding: gzip",
        "Content-Type: application/json\r\nContent-Encoding: bogus",
        "Content-Type: application/json\r\nContent-Encoding: br, deflate",
    ];

    private readonly Random random = new(seed);

    private string Start => $"Host: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n";

    /// <summary>So many of each kind, and every bit of the page token.</summary>
    public IEnumerable<HostileRequest> All(int ofEachKind)
    {
        Func<HostileRequest>[] kinds =
            [Noise, NoisyEnd, Chunks, Lengths, Address, Query, Filter, Filter, Header, ContentHeader, Member, Text, Bytes, Large];
        for (var i = 0; i < ofEachKind * kinds.Length; i++)
        {
            yield return kinds[i % kinds.Length]();
        }

        for (var bit = 0; bit < pageToken.Length * 8; bit++)
        {
            var flipped = Encoding.Latin1.GetBytes(pageToken);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return Get("page token", $"/contacts?pageSize=1&pageToken={Uri.EscapeDataString(Encoding.Latin1.GetString(flipped))}");
        }
    }

    private string One(string[] of) => of[random.Next(of.Length)];

    private HostileRequest Get(string what, string target) => Of(what, $"GET {target} HTTP/1.1\r\n{Start}\r\n", isWhole: true);

    private static HostileRequest Of(string what, string text, bool isWhole) => new(what, Encoding.Latin1.GetBytes(text), isWhole);

    private HostileRequest Noise()
    {
        var bytes = new byte[random.Next(1, 3000)];
        random.NextBytes(bytes);
        return new("noise", bytes, IsWhole: false);
    }

    private HostileRequest NoisyEnd()
    {
        var bytes = Encoding.Latin1.GetBytes(
            $"POST /contacts HTTP/1.1\r\n{Start}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return new("some wrong bytes", bytes, IsWhole: false);
    }

    private HostileRequest Chunks()
    {
        string[] bodies =
        [
            "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
            "7FFFFFFFFFFFFFFF\r\n{}",
            "80000000\r\n{}",
            "100000000\r\n{}",
            "-2\r\n{}\r\n0\r\n\r\n",
            "2{}\r\n0\r\n\r\n",
            "2\r\n{}0\r\n\r\n",
            "2\n{}\n0\n\n",
            "2;x=y;\"\r\n{}\r\n0\r\n\r\n",
            "zz\r\n{}\r\n",
            "\r\n\r\n",
            "0\r\n",
            "0\r\nX: y\r\n\r\n",
            "2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n",
            " 2\r\n{}\r\n0\r\n\r\n",
            $"2;{new string('x', 20_000)}\r\n{{}}\r\n0\r\n\r\n",
            "1\r\n{\r\n",
            "",
        ];
        string[] codings =
        [
            "chunked", "Chunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "identity", "x", "chunked\r\nContent-Length: 2",
            "chunked\r\nContent-Length: 99", "\tchunked", "chunked\r\nTransfer-Encoding: identity",
        ];
        return Of(
            "chunks",
            $"{One(Methods)} /contacts HTTP/1.{random.Next(2)}\r\n{Start}"
            + $"Content-Type: application/json\r\nTransfer-Encoding: {One(codings)}\r\n\r\n{One(bodies)}",
            isWhole: false);
    }

    private HostileRequest Lengths()
    {
        string[] lengths =
        [
            "99999999999999999999", "9223372036854775807", "4294967296", "2147483648", "262145", "-1", "+2", "2, 2", "2, 3",
            "2\r\nContent-Length: 3", "2\r\nContent-Length: 2", "0x2", "2 ", "é", "", "1", "3", "0", "1e1",
        ];
        return Of(
            "lengths",
            $"{One(Methods)} {One(Targets())} HTTP/1.1\r\n{Start}"
            + $"Content-Type: application/json\r\nContent-Length: {One(lengths)}\r\n\r\n{{}}",
            isWhole: false);
    }

    private HostileRequest Address()
    {
        var path = One(Targets());
        var place = random.Next(path.Length + 1);
        var odd = random.Next(4) == 0 ? Uri.EscapeDataString(One(OddTexts).Replace("\uFFFF", "")) : One(Escapes);
        var target = random.Next(12) switch
        {
            0 => "*",
            1 => "http://[::1",
            2 => $"http://other.example{path}",
            3 => path[1..],
            4 => $"/{new string('a', random.Next(40_000))}",
            5 => string.Concat(Enumerable.Repeat("/..", random.Next(2_000))),
            _ => path.Insert(place, odd),
        };
        string[] methods =
        [
            .. Methods, "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "DELETE", "DELETE", "get", "G@T", "GETGETGETGETGETGETGETGET",
            "PURGE", "\u00e9", "QUERY", "",
        ];
        var method = One(methods);
        if (method == "DELETE")
        {
            target = target.Replace(contactId, "nobody").Replace(groupId, "nobody");
        }

        string[] versions =
            ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/3", "http/1.1", "HTTP/1.1 x", ""];
        return Of("address", $"{method} {target} {One(versions)}\r\n{Start}\r\n", isWhole: false);
    }

    private HostileRequest Query()
    {
        var parts = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(8) switch
        {
            0 => $"{One(Attributes)}={One(Escapes)}",
            1 => $"{One(Escapes)}={One(Attributes)}",
            2 => $"sort={Uri.EscapeDataString(string.Join(',', SortKeys()))}",
            3 => $"fields={Uri.EscapeDataString(string.Join(',', Enumerable.Range(0, random.Next(30)).Select(_ => One(Attributes))))}",
            4 => $"pageSize={Uri.EscapeDataString(One(OddTexts).Replace("\uFFFF", ""))}",
            _ => $"{One(Attributes)}{Uri.EscapeDataString(One(Operators))}={Uri.EscapeDataString(One(OddTexts).Replace("\uFFFF", ""))}",
        });
        var path = One(["/contacts", "/contacts", "/groups", "/tokens", $"/contacts/{contactId}", $"/groups/{groupId}"]);
        return Get("query", $"{path}?{string.Join('&', parts)}");
    }

    private IEnumerable<string> SortKeys() =>
        Enumerable.Range(0, random.Next(30)).Select(_ => One(["-", "", "+", "--"]) + One(Attributes));

    /// <summary>One filter that is mostly right: what it says reaches the database.</summary>
    private HostileRequest Filter()
    {
        var groups = random.Next(4) == 0;
        var name = groups
            ? One(["displayName", "groupId", "groupType", "created", "version", "encryptionKeyUrl"])
            : Attributes[random.Next(Array.IndexOf(Attributes, "groupId"))];
        var value = random.Next(6) == 0 ? One(Escapes) : Uri.EscapeDataString(One(OddTexts).Replace("\uFFFF", ""));
        var times = random.Next(10) == 0 ? random.Next(150) : 1;
        var filter = $"{name}{Uri.EscapeDataString(Operators[random.Next(9)])}={value}";
        return Get("filter", $"{(groups ? "/groups" : "/contacts")}?{string.Join('&', Enumerable.Repeat(filter, times))}");
    }

    private HostileRequest Header()
    {
        var header = random.Next(10) switch
        {
            0 => $"{One(["Idempotency-Key", "If-Match", "If-None-Match", "Accept", "X-Long"])}: {new string('k', random.Next(40_000))}",
            1 => string.Join("\r\n", Enumerable.Range(0, random.Next(300)).Select(i => $"X-{i.ToString(CultureInfo.InvariantCulture)}: x")),
            _ => One(OddHeaders),
        };
        var method = One(Methods);
        var body = method == "GET" ? "" : "{}";
        return Of(
            $"header {header[..Math.Min(40, header.Length)]}",
            $"{method} {One(Targets())} HTTP/1.1\r\n{Start}{header}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}",
            isWhole: false);
    }

    private HostileRequest ContentHeader() => Body("content type", Encoding.UTF8.GetBytes("{}"), One(ContentHeaders));

    private HostileRequest Member()
    {
        var members = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"\"{One(Attributes)}\":{One(OddJson)}");
        var valid = random.Next(3) == 0 ? "" : "\"contactType\":\"CUSTOM\",\"displayName\":\"Hostile\",";
        return Body("members", Encoding.UTF8.GetBytes($"{{{valid}{string.Join(',', members)}}}"));
    }

    /// <summary>One member that is mostly right: what it says reaches the database.</summary>
    private HostileRequest Text()
    {
        var text = System.Text.Json.JsonSerializer.Serialize(One(OddTexts));
        var value = random.Next(4) switch
        {
            0 => $"{{\"city\":{text}}}",
            1 => $"[{{\"type\":{text},\"value\":{text}}}]",
            _ => text,
        };
        var name = Attributes[random.Next(Array.IndexOf(Attributes, "groupId"))];
        var body = name == "displayName"
            ? $"{{\"contactType\":\"CUSTOM\",\"{name}\":{value}}}"
            : $"{{\"contactType\":\"CUSTOM\",\"displayName\":\"Hostile\",\"{name}\":{value}}}";
        var method = One(["POST", "PUT", "PATCH"]);
        return Send(
            $"text of {name}",
            method,
            method == "POST" ? "/contacts" : $"/contacts/{contactId}",
            Encoding.UTF8.GetBytes(body),
            "Content-Type: application/json");
    }

    private HostileRequest Bytes()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"contactType":"CUSTOM","displayName":"Hostile 😀","phoneNumbers":"""
            + """[{"type":"work","value":"1"}],"addressInfo":{"city":"x"}}""");
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(i == 1 ? 256 : 128);
        }

        return Body("bytes of a body", random.Next(6) == 0 ? [0xEF, 0xBB, 0xBF, .. body] : body);
    }

    private HostileRequest Large()
    {
        var name = One(Attributes);
        var body = random.Next(9) switch
        {
            0 => string.Concat(Enumerable.Repeat("[", 10_000)),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
            2 => $"{{\"{name}\":{new string('[', 10_000)}{new string(']', 10_000)}}}",
            3 => $"{{\"{name}\":[{string.Join(',', Enumerable.Repeat("1", 100_000))}]}}",
            4 => $"{{\"{name}\":[{string.Join(',', Enumerable.Range(0, 101).Select(i => $"{{\"value\":\"{i}\"}}"))}]}}",
            5 => $"{{\"{name}\":\"{new string('x', random.Next(10_000, 300_000))}\"}}",
            6 => $"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":{i}"))}}}",
            7 => $"{{\"{new string('n', 100_000)}\":1}}",
            _ => $"{{\"{name}\":{new string('9', 100_000)}}}",
        };
        return Body("large", Encoding.UTF8.GetBytes(body));
    }

    private HostileRequest Body(string what, byte[] body, string header = "Content-Type: application/json")
    {
        var method = One(["POST", "PUT", "PATCH"]);
        return Send(what, method, method == "POST"
            ? One(["/contacts", "/contacts", "/groups", $"/groups/{groupId}/members", "/tokens"])
            : One([$"/contacts/{contactId}", $"/groups/{groupId}"]), body, header);
    }

    private HostileRequest Send(string what, string method, string target, byte[] body, string header)
    {
        var key = method == "POST" && random.Next(3) == 0 ? $"Idempotency-Key: key {random.Next(200)}\r\n" : "";
        var patch = method == "PATCH" && random.Next(3) > 0 ? header.Replace("application/json", "application/merge-patch+json") : header;
        var head = $"{method} {target} HTTP/1.1\r\n{Start}{key}{patch}\r\nContent-Length: {body.Length}\r\n\r\n";
        return new(what, [.. Encoding.Latin1.GetBytes(head), .. body], IsWhole: true);
    }

    private string[] Targets() =>
    [
        "/contacts", $"/contacts/{contactId}", "/contacts/", "/groups", $"/groups/{groupId}", $"/groups/{groupId}/members",
        $"/groups/{groupId}/members/{contactId}", "/tokens", "/tokens/x", "/health/live", "/health/ready", "/openapi.json", "/swagger",
        "/problems", "/",
    ];
}
