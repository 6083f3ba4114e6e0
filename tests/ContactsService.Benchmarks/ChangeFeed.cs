using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace ContactsService.Benchmarks;

/// <summary>How fast <c>/changes</c> is: a first copy, a poll that finds nothing, and the time until one who waits has a change.</summary>
internal static partial class ChangeFeed
{
    /// <summary>The name by which <c>--only</c> selects it.</summary>
    public const string Name = "changes";

    private const int PageSize = 1_000;
    private const int Copies = 5;
    private const int ChangesEach = 10;

    /// <summary>Measures and prints.</summary>
    /// <param name="service">Where the service listens.</param>
    /// <param name="member">Somebody of an organization with a directory.</param>
    /// <param name="people">Others, who wait for changes of their own books.</param>
    public static async Task RunAsync(Uri service, Owner member, IReadOnlyList<Owner> people)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = service };
        Console.WriteLine();
        var token = "";
        for (var i = 0; i < Copies; i++)
        {
            var watch = Stopwatch.StartNew();
            (token, var changes, var bytes) = await CopyAsync(http, member, "");
            var seconds = watch.Elapsed.TotalSeconds;
            Console.WriteLine(
                $"first copy: {changes} changes, {bytes / 1_000_000.0:0.0} MB, {seconds:0.00} s, {changes / seconds:0} changes/s");
        }

        using var client = new Client(service);
        var request = Encoding.ASCII.GetBytes(
            $"GET /changes?since={token} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {member.Token}\r\n\r\n");
        await client.RunAsync(_ => request, TimeSpan.FromSeconds(2));
        var polls = await client.RunAsync(_ => request, TimeSpan.FromSeconds(4));
        var (_, _, length) = await CopyAsync(http, member, $"since={token}&");
        Console.WriteLine($"poll that finds nothing: {length} bytes, p50 {At(polls, 0.5) * 1000:0} µs, p99 {At(polls, 0.99) * 1000:0} µs");

        var times = new ConcurrentBag<double>();
        await Task.WhenAll(people.Select((person, i) => WaitAsync(http, person, new Random(i), times)));
        Console.WriteLine(
            $"from the answer of a write to that of the caller who waits, {times.Count} changes of {people.Count} callers: "
            + $"p50 {At([.. times], 0.5):0} ms, p99 {At([.. times], 0.99):0} ms");
    }

    private static async Task<(string Token, int Changes, long Bytes)> CopyAsync(HttpClient http, Owner owner, string since)
    {
        var (changes, bytes) = (0, 0L);
        while (true)
        {
            var page = await AskAsync(http, owner, HttpMethod.Get, $"/changes?{since}pageSize={PageSize}");
            changes += Change().Count(page);
            bytes += page.Length;
            var token = Token().Match(page).Groups[1].Value;
            since = $"since={token}&";
            if (page.EndsWith("\"more\":false}", StringComparison.Ordinal))
            {
                return (token, changes, bytes);
            }
        }
    }

    private static async Task WaitAsync(HttpClient http, Owner owner, Random random, ConcurrentBag<double> times)
    {
        for (var i = 0; i < ChangesEach; i++)
        {
            var token = Token().Match(await AskAsync(http, owner, HttpMethod.Get, "/changes?since=now")).Groups[1].Value;
            var waiting = Task.Run(async () =>
            {
                await AskAsync(http, owner, HttpMethod.Get, $"/changes?since={token}&wait=30");
                return Stopwatch.GetTimestamp();
            });
            await Task.Delay(random.Next(200, 800));
            await AskAsync(http, owner, HttpMethod.Post, "/contacts", """{"contactType":"CUSTOM","displayName":"Joe Johnson"}""");
            var written = Stopwatch.GetTimestamp();
            times.Add(Math.Max(0, Stopwatch.GetElapsedTime(written, await waiting).TotalMilliseconds));
        }
    }

    private static async Task<string> AskAsync(HttpClient http, Owner owner, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owner.Token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await http.SendAsync(request);
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadAsStringAsync();
    }

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)((times.Count - 1) * part));

    [GeneratedRegex("\"op\":\"", RegexOptions.None, 10_000)]
    private static partial Regex Change();

    [GeneratedRegex("\"nextToken\":\"([^\"]+)\"", RegexOptions.RightToLeft, 10_000)]
    private static partial Regex Token();
}
