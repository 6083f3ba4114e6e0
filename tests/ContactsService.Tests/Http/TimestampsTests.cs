using System.Text;
using ContactsService.Http;

namespace ContactsService.Tests.Http;

/// <summary>How times are written.</summary>
public sealed class TimestampsTests
{
    [Theory]
    [InlineData(0, "2026-01-02T03:04:05.000000Z")]
    [InlineData(10, "2026-01-02T03:04:05.000001Z")]
    [InlineData(6_789_010, "2026-01-02T03:04:05.678901Z")]
    public void Has_six_fractional_digits_as_text_and_as_bytes(int ticks, string expected)
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(ticks);
        var bytes = new byte[Timestamps.MaxLength];

        Assert.Equal(expected, Timestamps.Text(time));
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, 0, Timestamps.Write(time, bytes)));
    }
}
