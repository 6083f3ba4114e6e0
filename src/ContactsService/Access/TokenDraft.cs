using System.ComponentModel.DataAnnotations;
using ContactsService.Http;
using FluentValidation;

namespace ContactsService.Access;

/// <summary>The token to issue.</summary>
internal sealed class TokenDraft
{
    /// <summary>The user that it represents: 1 to 128 characters of A–Z a–z 0–9 - . _ ~, other than the organization's own id.</summary>
    public string? User { get; init; }

    /// <summary>agent or admin. Required.</summary>
    [AllowedValues("agent", "admin")]
    public string? Role { get; init; }

    /// <summary>A description, such as the device that uses it; up to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// What it is limited to, within what the role may: contacts.read, contacts.write (with groups and changes), directory.read,
    /// directory.write (users and queues), settings.read, settings.write, tokens.read, tokens.write, webhooks.read, webhooks.write.
    /// Writing includes reading. Everything that the role may by default.
    /// </summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Days until it expires, 1 to 3650; 30 by default.</summary>
    public int? Days { get; init; }

    /// <summary>Reads the body of <c>POST /tokens</c>.</summary>
    public static TokenDraft Read(JsonBody body)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(body.Root, "", errors);
        var draft = new TokenDraft
        {
            User = members.Text("user"),
            Role = members.Text("role"),
            Name = members.Text("name"),
            Scopes = members.Texts("scopes"),
            Days = members.Number("days"),
        };
        members.RefuseUnknown();
        errors.ThrowIfAny();
        return draft;
    }
}

/// <summary>The rules for drafts of tokens.</summary>
internal sealed class TokenRules : AbstractValidator<TokenDraft>
{
    /// <summary>The default lifetime of a token, in days.</summary>
    public const int DefaultDays = 30;

    private const int MaxDays = 3650;
    private const int MaxNameLength = 200;

    /// <summary>Creates the rules for tokens of one organization.</summary>
    public TokenRules(string organization)
    {
        RuleFor(token => token.User).Must(TextLimits.IsId).WithMessage(TextLimits.IdRule);
        RuleFor(token => token.User).NotEqual(organization).WithMessage("A user cannot have the organization's own id.");
        RuleFor(token => token.Role).Must(role => Roles.Find(role) is not null).WithMessage("Must be agent or admin.");
        RuleFor(token => token.Name).MaximumLength(MaxNameLength).WithMessage($"Must have at most {MaxNameLength} characters.");
        RuleFor(token => token.Scopes).Must(scopes => scopes is null || Access.Scopes.AreValid(scopes)).WithMessage(Access.Scopes.Rule);
        RuleFor(token => token.Days).InclusiveBetween(1, MaxDays).WithMessage($"Must be between 1 and {MaxDays}.");
        RuleFor(_ => organization).Must(TextLimits.IsId).OverridePropertyName("organization").WithMessage(TextLimits.IdRule);
    }
}
