using System.Security.Cryptography;
using System.Text;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class WebhookSignatureTests
{
    // The test vector that the libraries of the Standard Webhooks specification publish.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long Sent = 1614265330;

    private const string OtherSecret = "whsec_c2VjcmV0LW9mLXNvbWVib2R5LWVsc2UtYWdhaW4=";
    private const string OtherSignature = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Fact]
    public void Accepts_the_published_message() => Assert.True(Verify());

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")] // without the prefix
    [InlineData(OtherSecret, Secret)]
    [InlineData(Secret, OtherSecret)]
    public void Accepts_any_of_the_secrets(params string[] secrets) => Assert.True(Verify(secrets: secrets));

    [Theory]
    [InlineData(OtherSignature + " " + Signature)]
    [InlineData(Signature + " " + OtherSignature)]
    [InlineData("v1a," + "hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== " + Signature)]
    public void Accepts_any_of_the_signatures(string signatures) => Assert.True(Verify(signatures: signatures));

    [Theory]
    [InlineData("")]
    [InlineData(OtherSignature)]
    [InlineData("v1,")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,é")]
    public void Refuses_other_signatures(string signatures) => Assert.False(Verify(signatures: signatures));

    [Fact]
    public void Refuses_another_body_id_time_and_secret()
    {
        Assert.False(Verify(body: """{"test":2432232314}"""));
        Assert.False(Verify(id: "msg_p5jXN8AQM9LWM0D4loKWxJeK"));
        Assert.False(Verify(timestamp: "1614265331"));
        Assert.False(Verify(secrets: [OtherSecret]));
        Assert.False(Verify(secrets: []));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Accepts_messages_within_five_minutes(int seconds, bool isAccepted) => Assert.Equal(isAccepted, Verify(seconds: seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("99999999999999999999")]
    public void Refuses_times_that_are_none(string? timestamp) => Assert.False(Verify(timestamp: timestamp));

    [Fact]
    public void Refuses_a_message_without_its_headers()
    {
        Assert.False(Verify(id: null));
        Assert.False(Verify(id: ""));
        Assert.False(Verify(signatures: null));
    }

    [Fact]
    public void Takes_the_time_of_now_and_one_secret()
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        var hash = HMACSHA256.HashData(
            Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Id}.{timestamp}.{Body}"));
        var header = Headers(Id, timestamp, $"v1,{Convert.ToBase64String(hash)}");

        Assert.True(WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Body), Secret));
        Assert.False(WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Body), OtherSecret));
    }

    [Fact]
    public void Throws_when_a_secret_is_none() => Assert.Throws<FormatException>(() => Verify(secrets: ["whsec_?"]));

    [Fact]
    public void Reads_the_message()
    {
        var message = WebhookMessage.Read(
            """{"type":"changes","timestamp":"2026-01-31T08:30:00.5Z","data":{"webhookId":"w","ownerId":"ann","token":"t"}}"""u8);

        Assert.Equal(
            ("changes", new DateTimeOffset(2026, 1, 31, 8, 30, 0, 500, TimeSpan.Zero), "w", "ann", "t"),
            (message.Type, message.Timestamp, message.Data.WebhookId, message.Data.OwnerId, message.Data.Token));
    }

    private static bool Verify(
        string? id = Id, string? timestamp = "1614265330", string? signatures = Signature, string body = Body, string[]? secrets = null,
        int seconds = 0) =>
        WebhookSignature.Verify(
            Headers(id, timestamp, signatures),
            Encoding.UTF8.GetBytes(body),
            secrets ?? [Secret],
            WebhookSignature.DefaultTolerance,
            new FixedClock(DateTimeOffset.FromUnixTimeSeconds(Sent + seconds)));

    private static Func<string, string?> Headers(string? id, string? timestamp, string? signatures) => name => name switch
    {
        "webhook-id" => id,
        "webhook-timestamp" => timestamp,
        "webhook-signature" => signatures,
        _ => throw new ArgumentException("Which header?", nameof(name)),
    };

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
