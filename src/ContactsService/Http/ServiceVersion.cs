using System.Reflection;

namespace ContactsService.Http;

/// <summary>The version of service, OpenAPI document and client: <c>Version</c> in <c>Directory.Build.props</c>.</summary>
internal static class ServiceVersion
{
    /// <summary>Such as <c>1.4.0</c>; without the commit that the build appends.</summary>
    public static string Text { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
