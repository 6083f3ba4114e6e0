using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// The statement that gives a book without a default group one, and raises its revision; it changes nothing in other books. The module of
/// groups provides it, so that a book can be created with its default group without knowing what a group is.
/// </summary>
internal delegate NpgsqlBatchCommand CreateDefaultGroup(BookKey book);
