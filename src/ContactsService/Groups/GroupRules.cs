using FluentValidation;

namespace ContactsService.Groups;

/// <summary>What holds for every draft of a group.</summary>
internal sealed class GroupRules : AbstractValidator<GroupDraft>
{
    /// <summary>The one set of rules; safe for any number of threads.</summary>
    public static readonly GroupRules Default = new();

    private GroupRules()
    {
        RuleFor(group => group.DisplayName).NotEmpty().WithMessage("A group has a name.");
        RuleFor(group => group.StoredType).Must(type => type is "NORMAL" or "EXTERNAL")
            .OverridePropertyName("groupType").WithMessage("It is NORMAL or EXTERNAL.");
    }
}
