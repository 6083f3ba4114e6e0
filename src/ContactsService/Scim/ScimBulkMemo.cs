namespace ContactsService.Scim;

/// <summary>The last result of a computation, or its error, and what it was computed from.</summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class ScimBulkMemo<T>
{
    private bool isComputed;
    private object? input;
    private T result = default!;
    private ScimException? error;

    /// <summary>Computes the result, unless that was done for the same object.</summary>
    /// <exception cref="ScimException">As the computation has thrown it.</exception>
    public T Of(object? from, Func<T> compute)
    {
        if (!isComputed || !ReferenceEquals(input, from))
        {
            Compute(from, compute);
        }

        return error is null ? result : throw error;
    }

    private void Compute(object? from, Func<T> compute)
    {
        (isComputed, input, error) = (true, from, null);
        try
        {
            result = compute();
        }
        catch (ScimException failure)
        {
            error = failure;
        }
    }
}
