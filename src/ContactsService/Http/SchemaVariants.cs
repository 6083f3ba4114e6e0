namespace ContactsService.Http;

/// <summary>For the OpenAPI document: null is a value of this member and unsets it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesNullAttribute : Attribute;

/// <summary>For the OpenAPI document: an entry of a list that <c>fields</c> may reduce. Only its first member is always there.</summary>
/// <typeparam name="T">The record as it is answered alone.</typeparam>
internal sealed class EntryOf<T>
    where T : class;

/// <summary>For the OpenAPI document: a JSON Merge Patch (RFC 7396). No member is required, and null unsets.</summary>
/// <typeparam name="T">The record as it is written.</typeparam>
internal sealed class PatchOf<T>
    where T : class;
