using System.Reflection;

namespace ContactsService.Storage.Migrations;

/// <summary>The SQL files of this folder, as they were when the program was built.</summary>
internal static class MigrationText
{
    /// <summary>The text of one file.</summary>
    public static string Read(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"{typeof(MigrationText).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
