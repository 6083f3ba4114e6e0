namespace ContactsService.Http;

/// <summary>
/// An OpenAPI document. A module that serves an API of its own registers one as a singleton, and marks its routes with
/// <see cref="InDocument"/>.
/// </summary>
/// <param name="Name">A part of its address: <c>/openapi/{name}.json</c>.</param>
/// <param name="Title">What people select.</param>
/// <param name="Description">Markdown.</param>
internal sealed record ApiDocument(string Name, string Title, string Description)
{
    /// <summary>The document of routes without a mark.</summary>
    public const string Native = "native";
}

/// <summary>A tag of operations in an OpenAPI document. A module registers its own as singletons.</summary>
/// <param name="Document">The name of the document.</param>
/// <param name="Name">As the routes give it.</param>
/// <param name="Description">One sentence.</param>
internal sealed record ApiTag(string Document, string Name, string Description)
{
    /// <summary>Tags stand in the order of their places; those of the same place in the order of registration.</summary>
    public int Place { get; init; }
}
