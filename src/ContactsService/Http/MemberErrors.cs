namespace ContactsService.Http;

/// <summary>Collects what is wrong with a body, by JSON member, so that a caller sees all of it at once.</summary>
internal sealed class MemberErrors
{
    private const int Most = 100; // more help nobody

    private readonly Dictionary<string, List<string>> byMember = new(StringComparer.Ordinal);

    /// <summary>Notes a sentence about one member.</summary>
    public void Add(string member, string sentence)
    {
        if (!byMember.TryGetValue(member, out var sentences))
        {
            if (byMember.Count == Most)
            {
                return;
            }

            byMember[member] = sentences = [];
        }

        sentences.Add(sentence);
    }

    /// <summary>Ends the request when anything was noted.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public void ThrowIfAny()
    {
        if (byMember.Count > 0)
        {
            throw Refuse(byMember.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
        }
    }

    /// <summary>A refusal for one member.</summary>
    public static ProblemException Of(string member, string sentence) =>
        Refuse(new(StringComparer.Ordinal) { [member] = [sentence] });

    private static ProblemException Refuse(Dictionary<string, string[]> errors) =>
        new(Problems.InvalidMembers, "See 'errors'; nothing was stored.") { Errors = errors };
}
