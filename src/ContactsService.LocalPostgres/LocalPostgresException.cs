namespace ContactsService.LocalPostgres;

/// <summary>A private PostgreSQL server cannot be used here. The message says what happened and what to do.</summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public LocalPostgresException()
    {
    }

    /// <summary>Creates the exception with what happened and what to do.</summary>
    public LocalPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what happened, what to do, and the failure that caused it.</summary>
    public LocalPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
