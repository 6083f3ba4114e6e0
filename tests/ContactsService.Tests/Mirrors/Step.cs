using System.Globalization;

namespace ContactsService.Tests.Mirrors;

/// <summary>What may happen in a test with random steps.</summary>
internal enum StepKind
{
    AddContact,
    AddContactByWebex,
    PutContact,
    PatchContact,
    MoveContact,
    DeleteContact,
    DeleteContactByWebex,
    AddGroup,
    AddGroupByWebex,
    PutGroup,
    RenameGroup,
    DeleteGroup,
    DeleteGroupByWebex,
    DeleteGroupWithContacts,
    AddMember,
    RemoveMember,
    ChangeMembers,
    TakeEntry,
    PutEntry,
    TakeUnknown,
    Bulk,

    AddUser,
    AddUsersByBulk,
    RenameUser,
    DeactivateUser,
    ReactivateUser,
    DeleteUser,
    AddQueue,
    RenameQueue,
    DeleteQueue,
    AddShared,
    AddSharedByGenesys,
    RenameShared,
    RenameSharedByGenesys,
    DeleteShared,
    DeleteSharedByGenesys,

    ReadPage,
    Follow,
    GoBack,
    StartAgain,
}

/// <summary>A random step: which person or entry it is about, and another number, of a target or a size.</summary>
internal sealed record Step(StepKind Kind, int Which, int Other)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}({Which},{Other})");
}
