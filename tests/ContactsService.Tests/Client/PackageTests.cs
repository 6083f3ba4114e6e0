using System.Reflection;
using ContactsService.Client;
using ContactsService.Http;

namespace ContactsService.Tests.Client;

public class PackageTests
{
    [Fact]
    public void Has_the_version_of_the_service()
    {
        var version = typeof(ContactsClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
        var client = version.InformationalVersion.Split('+')[0];

        Assert.Equal(ServiceVersion.Text, client);
        Assert.Matches(@"^\d+\.\d+\.\d+", client);
    }
}
