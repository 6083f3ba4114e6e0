namespace ContactsService.Client;

/// <summary>What an upsert has stored.</summary>
/// <typeparam name="T"><see cref="Contact"/> or <see cref="ContactGroup"/>.</typeparam>
/// <param name="Resource">The contact or group as it is stored.</param>
/// <param name="IsCreated">
/// True when it was created; false when it was replaced, also when a retry replaced what the first attempt of the same call created.
/// </param>
public sealed record UpsertResult<T>(T Resource, bool IsCreated);
