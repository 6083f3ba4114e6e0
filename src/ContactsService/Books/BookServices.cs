namespace ContactsService.Books;

/// <summary>What the room needs.</summary>
internal static class BookServices
{
    /// <summary>Adds books.</summary>
    public static void AddBooks(this IServiceCollection services) => services.AddSingleton<BookTurns>().AddScoped<BookBirth>().AddScoped<Snapshot>();
}
