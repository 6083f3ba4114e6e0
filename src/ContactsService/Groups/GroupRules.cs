using FluentValidation;

namespace ContactsService.Groups;

/// <summary>The rules for drafts of groups.</summary>
internal sealed class GroupRules : AbstractValidator<GroupDraft>
{
    /// <summary>The only instance. Safe for any number of threads.</summary>
    public static readonly GroupRules Default = new();

    private GroupRules()
    {
        RuleFor(group => group.DisplayName).NotEmpty().WithMessage("A group must have a name.");
        RuleFor(group => group.StoredType).Must(type => type is "NORMAL" or "EXTERNAL")
            .OverridePropertyName("groupType").WithMessage("Must be NORMAL or EXTERNAL.");
    }
}
