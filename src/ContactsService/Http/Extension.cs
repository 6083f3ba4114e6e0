namespace ContactsService.Http;

/// <summary>
/// What an adapter keeps beside a contact or group: members that the model has no place for. Other adapters neither show nor change it.
/// </summary>
/// <param name="Adapter">The member of the column <c>extension</c> that is this adapter's own.</param>
/// <param name="Json">A JSON object, as text; null for nothing.</param>
internal sealed record Extension(string Adapter, string? Json)
{
    /// <summary>The column of what only this adapter has written; null for nothing.</summary>
    public string? Column => Json is null ? null : $"{{\"{Adapter}\":{Json}}}";
}
