namespace ContactsService.Tests.Support;

/// <summary>The files of the repository that the tests were built in.</summary>
public static class Checkout
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file in it.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "ContactsService.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
