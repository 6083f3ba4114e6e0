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
        var arguments = new CommandArguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            var isKnown = required.Concat(optional).Contains(name, StringComparer.Ordinal);
            if (!isKnown || i + 1 == args.Length || !arguments.values.TryAdd(name, args[i + 1]))
            {
                throw MemberErrors.Of(args[i].TrimStart('-'), "It is not known, has no value or is there twice.");
            }
        }

        return Array.Find(required, name => !arguments.values.ContainsKey(name)) is { } missing
            ? throw MemberErrors.Of(missing, "It is missing.")
            : arguments;
    }

    /// <summary>A number; null when it was left out, -1 when it is none.</summary>
    public int? Number(string name) =>
        this[name] is { } text ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1 : null;
}
