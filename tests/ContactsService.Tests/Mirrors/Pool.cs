namespace ContactsService.Tests.Mirrors;

/// <summary>What writers choose from at random. Safe for any number of threads.</summary>
internal sealed class Pool<T>
    where T : class
{
    private readonly List<T> items = [];

    public int Count
    {
        get
        {
            lock (items)
            {
                return items.Count;
            }
        }
    }

    public void Add(T item)
    {
        lock (items)
        {
            items.Add(item);
        }
    }

    /// <summary>One of them, which stays; null when there is none.</summary>
    public T? Peek(Random random)
    {
        lock (items)
        {
            return items.Count == 0 ? null : items[random.Next(items.Count)];
        }
    }

    /// <summary>One of them, which nobody else gets until it is added again; null when there is none.</summary>
    public T? Take(Random random)
    {
        lock (items)
        {
            if (items.Count == 0)
            {
                return null;
            }

            var index = random.Next(items.Count);
            var item = items[index];
            items[index] = items[^1];
            items.RemoveAt(items.Count - 1);
            return item;
        }
    }
}
