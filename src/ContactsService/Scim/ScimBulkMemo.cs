namespace ContactsService.Scim;

/// <summary>The last result of a computation, or its error, and what it was computed from.</summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class ScimBulkMemo<T>
{
    private bool isComputed;
    private object? input;
    private T? result;
    private ScimException? error;

    /// <summary>The last result; the default after an error, and before the first computation.</summary>
    public T? Last => result;

    /// <summary>Computes the result, unless that was done for the same object.</summary>
    /// <exception cref="ScimException">As the computation has thrown it.</exception>
    public T Of(object? from, Func<T> compute)
    {
        if (!isComputed || !ReferenceEquals(input, from))
        {
            Compute(from, compute);
        }

        return error is null ? result! : throw error;
    }

    /// <summary>Forgets the result.</summary>
    public void Clear() => (isComputed, input, result, error) = (false, null, default, null);

    private void Compute(object? from, Func<T> compute)
    {
        (isComputed, input, result, error) = (true, from, default, null);
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
