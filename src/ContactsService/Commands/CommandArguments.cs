using System.Globalization;
using ContactsService.Http;

namespace ContactsService.Commands;

/// <summary>The arguments of a command: pairs of <c>--name value</c>.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>The value of an argument; null when it was left out.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Reads the arguments, in any order.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>: one is missing, not known, twice or has no value.</exception>
    public static CommandArguments Read(string[] args, string[] required, string[] optional)
    {
        string[] known = [.. required.Concat(optional).Select(name => $"--{name}")];
        var arguments = new CommandArguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!known.Contains(args[i], StringComparer.Ordinal))
            {
                throw Unknown(args[i], known);
            }

            if (i + 1 == args.Length || known.Contains(args[i + 1], StringComparer.Ordinal))
            {
                throw MemberErrors.Of(args[i], $"It has no value. Write: {args[i]} <value>.");
            }

            if (!arguments.values.TryAdd(args[i][2..], args[i + 1]))
            {
                throw MemberErrors.Of(args[i], "It is there twice. Give it once.");
            }
        }

        return Array.Find(required, name => !arguments.values.ContainsKey(name)) is { } missing
            ? throw MemberErrors.Of($"--{missing}", $"It is missing. Write: --{missing} <value>.")
            : arguments;
    }

    private static ProblemException Unknown(string word, string[] known)
    {
        var allowed = $"Use: {string.Join(", ", known)}.";
        return word.StartsWith('-')
            ? MemberErrors.Of(word, $"It is not known. {allowed}")
            : MemberErrors.Of($"'{word}'", $"It is no argument. {allowed}");
    }

    /// <summary>A number; null when it was left out, -1 when it is none.</summary>
    public int? Number(string name) =>
        this[name] is { } text ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1 : null;
}
