namespace ContactsService.Tests.Faults;

public class LargeBodyTests(Service service)
{
    private const int Bytes = 8 * 1024 * 1024;

    [Theory]
    [InlineData("POST /contacts", "application/json", 413)]
    [InlineData("POST /bulk", "application/json", 413)]
    [InlineData("POST /contacts", "text/plain", 415)]
    [InlineData("POST /nothing", "application/json", 404)]
    public async Task Answers_a_client_that_sends_all_of_it_before_it_reads(string request, string contentType, int status)
    {
        var ann = await service.AgentAsync();
        using var connection = await RawConnection.OpenAsync(service.Address.ToString());

        await connection.SendAsync(
            $"{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ann.Token}\r\nContent-Type: {contentType}\r\n"
            + $"Content-Length: {Bytes}\r\n\r\n");
        await connection.SendAsync(new byte[Bytes]);
        await connection.ReadAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(status, connection.Status);
    }
}
