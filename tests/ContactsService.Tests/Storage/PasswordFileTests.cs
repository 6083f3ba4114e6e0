using ContactsService.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ContactsService.Tests.Storage;

public class PasswordFileTests
{
    [Theory]
    [InlineData("Host=db;Username=contacts", " it's; \"secret\" \n")]
    [InlineData("Host=db;Username=contacts;Password=old", " it's; \"secret\" ")]
    public async Task Gives_the_password_of_the_connection_string(string connectionString, string content)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Contacts", connectionString), new("Database:PasswordFile", file)]).Build();

        await using var database = await EmbeddedDatabase.StartIfNeededAsync(configuration, TestContext.Current.CancellationToken);

        Assert.Equal(" it's; \"secret\" ", new NpgsqlConnectionStringBuilder(database.ConnectionString).Password);
        Assert.Equal("contacts", new NpgsqlConnectionStringBuilder(database.ConnectionString).Username);
        File.Delete(file);
    }
}
