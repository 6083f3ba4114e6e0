using ContactsService.Filtering;

namespace ContactsService.Tests.Filtering;

public sealed class PhoneNumberKeysTests
{
    [Theory]
    [InlineData("+49 221 5550134", "550134")]
    [InlineData("0221/5550134", "550134")]
    [InlineData("02215550012", "550012")]
    [InlineData("4711", "4711")]
    [InlineData("0 4711", "4711")]
    [InlineData("02215000012", "12")]
    [InlineData("+683 4002", "4002 34002 834002")]
    [InlineData("+49 221 5550 x12", "215550; 215550;12")]
    [InlineData("1-800-FLOWERS", "569377")]
    [InlineData("eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.4711.4711", "")]
    [InlineData("unknown", "")]
    public void Are_the_last_digits_of_a_stored_number(string stored, string keys) =>
        Assert.Equal(keys, string.Join(' ', PhoneNumberKeys.OfStored(stored)));
}
