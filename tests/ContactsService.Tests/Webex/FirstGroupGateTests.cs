using ContactsService.Storage;
using ContactsService.Webex;

namespace ContactsService.Tests.Webex;

public class FirstGroupGateTests
{
    private static readonly Guid Book = Guid.NewGuid();
    private static readonly Clock Time = new(TimeProvider.System);

    [Fact]
    public async Task Sends_a_session_back_to_read_after_it_has_entered()
    {
        var gate = new FirstGroupGate(TimeProvider.System, Time);

        // Both have read a book without a group. The first one enters, reads again, creates a group and opens the gate.
        Assert.False(await EnterAsync(gate, "first"));
        Assert.True(await EnterAsync(gate, "first"));
        gate.Open(Book);

        // What the second one has read is older than that group.
        Assert.False(await EnterAsync(gate, "second"));
        Assert.True(await EnterAsync(gate, "second"));
    }

    [Fact]
    public async Task Lets_a_session_wait_until_another_one_has_created_a_group()
    {
        var gate = new FirstGroupGate(TimeProvider.System, Time);
        await EnterAsync(gate, "first");

        var second = EnterAsync(gate, "second");
        Assert.False(second.IsCompleted);
        gate.Open(Book);

        Assert.False(await second);
    }

    [Fact]
    public async Task Lets_requests_without_a_session_pass() =>
        Assert.True(await new FirstGroupGate(TimeProvider.System, Time).EnterAsync(
            Book, session: null, Time.Monotonic + TimeSpan.FromMinutes(1), CancellationToken.None));

    private static Task<bool> EnterAsync(FirstGroupGate gate, string session) =>
        gate.EnterAsync(Book, session, Time.Monotonic + TimeSpan.FromMinutes(1), CancellationToken.None);
}
