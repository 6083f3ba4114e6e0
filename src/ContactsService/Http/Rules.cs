using FluentValidation;

namespace ContactsService.Http;

/// <summary>Runs the rules of a noun over a draft.</summary>
internal static class Rules
{
    static Rules() => ValidatorOptions.Global.PropertyNameResolver = (_, member, _) =>
        member is null ? null : char.ToLowerInvariant(member.Name[0]) + member.Name[1..];

    /// <summary>Ends the request when the draft breaks a rule; the errors carry the names of JSON members.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static void Demand<T>(IValidator<T> rules, T draft)
    {
        var errors = new MemberErrors();
        foreach (var failure in rules.Validate(draft).Errors)
        {
            errors.Add(failure.PropertyName, failure.ErrorMessage);
        }

        errors.ThrowIfAny();
    }
}
