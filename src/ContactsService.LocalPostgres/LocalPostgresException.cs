namespace ContactsService.LocalPostgres;

/// <summary>There can be no private PostgreSQL server here. The message tells the person at the machine what to do about it.</summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Without a reason; there for the serializers that ask for it.</summary>
    public LocalPostgresException()
    {
    }

    /// <summary>With what happened and what to do.</summary>
    public LocalPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened, what to do, and the failure behind it.</summary>
    public LocalPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
