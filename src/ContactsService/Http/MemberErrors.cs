namespace ContactsService.Http;

/// <summary>Collects errors by JSON member, so that one answer reports all of them.</summary>
internal sealed class MemberErrors
{
    private const int MaxMembers = 100; // a longer list does not help

    private readonly Dictionary<string, List<string>> byMember = new(StringComparer.Ordinal);

    /// <summary>Adds a sentence about a member.</summary>
    public void Add(string member, string sentence)
    {
        if (!byMember.TryGetValue(member, out var sentences))
        {
            if (byMember.Count == MaxMembers)
            {
                return;
            }

            byMember[member] = sentences = [];
        }

        sentences.Add(sentence);
    }

    /// <summary>Throws when there are errors.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public void ThrowIfAny()
    {
        if (byMember.Count > 0)
        {
            throw Refuse(byMember.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
        }
    }

    /// <summary>Creates the exception for a single member.</summary>
    public static ProblemException Of(string member, string sentence) =>
        Refuse(new(StringComparer.Ordinal) { [member] = [sentence] });

    private static ProblemException Refuse(Dictionary<string, string[]> errors) =>
        new(Problems.InvalidMembers, "The body breaks the rules listed in 'errors'. Nothing was stored.") { Errors = errors };
}
