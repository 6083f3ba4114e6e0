using Microsoft.Playwright;

namespace ContactsService.Tests.Http;

/// <summary>Swagger UI as a person uses it, in a real browser.</summary>
[Trait("Speed", "Slow")]
public class SwaggerUiTests(Service service)
{
    private static readonly string[] Browsers =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    [Fact]
    public async Task Loads_authorizes_creates_and_lists_a_contact()
    {
        var ann = await service.AgentAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Browsers.First(File.Exists),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var page = await browser.NewPageAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // a busy machine; 5 seconds otherwise

        await page.GotoAsync(new Uri(service.Address, "/swagger").ToString());
        Assert.Equal(
            ["Contacts", "SCIM 2.0", "Webex contacts", "Genesys contacts"],
            await page.Locator(".topbar select option").AllInnerTextsAsync());
        await page.Locator("button.authorize").First.ClickAsync();
        var bearer = page.Locator(".auth-container").Filter(new() { HasText = "bearer" });
        await bearer.Locator("input").FillAsync(ann.Token);
        await bearer.Locator("button.authorize").ClickAsync();
        await bearer.Locator("button.btn-done").ClickAsync();

        Assert.Contains("\"displayName\": \"Joe Johnson\"", await RunAsync(page, "createContact", "201"), StringComparison.Ordinal);
        Assert.Contains("\"displayName\": \"Joe Johnson\"", await RunAsync(page, "listContacts", "200"), StringComparison.Ordinal);
        Assert.Equal(["Joe Johnson"], (await ann.GetAsync("/contacts")).Values("contacts", "displayName"));
    }

    private static async Task<string> RunAsync(IPage page, string operation, string status)
    {
        var block = page.Locator($"#operations-Contacts-{operation}");
        await block.Locator(".opblock-summary-control").ClickAsync();
        await block.Locator("button.execute").ClickAsync();
        await Assertions.Expect(block.Locator(".live-responses-table tr.response td.response-col_status").First).ToContainTextAsync(status);
        return await block.Locator(".live-responses-table tr.response .highlight-code").First.InnerTextAsync();
    }
}
