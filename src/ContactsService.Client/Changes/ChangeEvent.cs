namespace ContactsService.Client;

/// <summary>A change of a stream.</summary>
/// <param name="Change">The change.</param>
/// <param name="Token">The token to resume from after this change. Store it together with what you apply.</param>
public sealed record ChangeEvent(Change Change, string Token);
