using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// The statement that creates the default group of a book without one and raises its revision. It changes no other book. The module Groups
/// provides it, so that Books need not know groups.
/// </summary>
internal delegate NpgsqlBatchCommand CreateDefaultGroup(BookKey book);
