using System.Diagnostics;

namespace ContactsService.Tests.Scripts;

/// <summary>What <c>scripts/lib.sh</c> says when something is missing: the functions that look at the machine are replaced.</summary>
public class ScriptTests
{
    [Fact]
    public async Task Names_PostgreSQL_and_its_package_where_nobody_can_be_root()
    {
        var (code, error) = await RunAsync("has_postgres() { false; }; can_be_root() { false; }; apt-get() { false; }; need_postgres");

        Assert.Equal(1, code);
        Assert.StartsWith(
            "A PostgreSQL server (15 or newer) is needed, and none is installed. Do one of these:\n", error, StringComparison.Ordinal);
        Assert.Contains("as root, apt-get install postgresql (Debian, Ubuntu)", error, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Contacts=", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_apt_failed_and_what_it_was_to_install()
    {
        var (code, error) = await RunAsync(
            "has_postgres() { false; }; can_be_root() { true; }; apt-get() { false; }; as_root() { return 100; }; need_postgres");

        Assert.Equal(1, code);
        Assert.Contains("apt-get could not install postgresql; its reason stands above.", error, StringComparison.Ordinal);
        Assert.Contains("A PostgreSQL server (15 or newer) is needed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_package_of_what_only_tests_need_and_goes_on()
    {
        var (code, error) = await RunAsync("can_be_root() { false; }; apt-get() { false; }; install_debian chromium || echo 'goes on' >&2");

        Assert.Equal(0, code);
        Assert.Equal(
            "chromium cannot be installed: that needs root, and there is no sudo here. As root: apt-get install chromium\ngoes on\n",
            error);
    }

    [Fact]
    public async Task Says_that_this_checkout_runs_already()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("contacts-scripts-").FullName;
        try
        {
            var (code, error) = await RunAsync($"""
                root={folder}
                (only_one run) || exit 9
                bash -c 'sleep 60; :' ContactsService.dll > /dev/null 2>&1 &
                other=$!
                trap 'kill $other' EXIT
                echo $other > {folder}/artifacts/run.pid
                only_one run
                """);

            Assert.Equal(1, code);
            Assert.Matches(@"^scripts/run runs already in this checkout \(process \d+\)", error);
            Assert.Contains("PORT=8081 scripts/run", error, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    public async Task Refuses_a_PORT_that_is_none(string port)
    {
        var (code, error) = await RunAsync($"PORT={port}; need_port");

        Assert.Equal((1, $"PORT is '{port}', and no whole number from 1 to 65535. Such as: PORT=8081 scripts/run\n"), (code, error));
    }

    [Theory]
    [InlineData("unset PORT")]
    [InlineData("PORT=1")]
    [InlineData("PORT=65535")]
    public async Task Takes_a_PORT_in_its_range_or_none(string port)
    {
        Assert.Equal((0, ""), await RunAsync($"{port}; need_port"));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail\n. '{Checkout.File("scripts/lib.sh")}'\n{commands}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await error);
    }
}
