using System.Text;

namespace ContactsService.Storage;

/// <summary>Arrays as PostgreSQL reads them from text, for statements that take one array of them for each column.</summary>
internal static class ArrayText
{
    /// <summary>An array of texts.</summary>
    public static string Of(IEnumerable<string> entries)
    {
        var text = new StringBuilder("{");
        foreach (var entry in entries)
        {
            text.Append(text.Length == 1 ? "\"" : ",\"").Append(entry.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.Append('}').ToString();
    }

    /// <summary>An array of numbers.</summary>
    public static string Of(IEnumerable<long> entries) => $"{{{string.Join(',', entries)}}}";

    /// <summary>An array of ids.</summary>
    public static string Of(IEnumerable<Guid> entries) => $"{{{string.Join(',', entries)}}}";
}
