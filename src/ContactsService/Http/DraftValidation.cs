using System.Text.Json;
using FluentValidation;

namespace ContactsService.Http;

/// <summary>Validates drafts.</summary>
internal static class DraftValidation
{
    /// <summary>Throws when the draft breaks a rule. The errors carry the names of JSON members.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static void Require<T>(IValidator<T> rules, T draft)
    {
        var errors = new MemberErrors();
        foreach (var failure in rules.Validate(draft).Errors)
        {
            errors.Add(JsonNamingPolicy.CamelCase.ConvertName(failure.PropertyName), failure.ErrorMessage);
        }

        errors.ThrowIfAny();
    }
}
