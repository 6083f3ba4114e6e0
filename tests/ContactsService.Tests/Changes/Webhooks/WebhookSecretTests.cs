using ContactsService.Changes.Webhooks;

namespace ContactsService.Tests.Changes.Webhooks;

public class WebhookSecretTests
{
    // The example of the Standard Webhooks libraries, which docs/changes.md computes with openssl.
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Signature = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Fact]
    public void Signs_id_time_and_body() => Assert.Equal(
        $"v1,{Signature}",
        WebhookSecret.Sign(
            [Convert.FromBase64String(Secret)],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            """{"test": 2432232314}"""u8.ToArray()));

    [Fact]
    public async Task Is_shown_in_the_documentation_as_it_is()
    {
        var page = await File.ReadAllTextAsync(Checkout.File("docs/changes.md"));

        Assert.Contains($"$(printf %s {Secret} | base64 -d", page, StringComparison.Ordinal);
        Assert.Contains($"# {Signature}", page, StringComparison.Ordinal);
    }
}
