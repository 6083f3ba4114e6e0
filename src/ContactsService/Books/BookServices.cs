namespace ContactsService.Books;

/// <summary>What the room needs.</summary>
internal static class BookServices
{
    /// <summary>Adds books.</summary>
    public static void AddBooks(this IServiceCollection services) => services.AddScoped<BookBirth>().AddScoped<Snapshot>();
}
