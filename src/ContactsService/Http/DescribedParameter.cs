namespace ContactsService.Http;

/// <summary>A query parameter that a route takes, exactly as spelt.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">One or two short sentences.</param>
internal sealed record DescribedParameter(string Name, string Description)
{
    /// <summary>A value; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>The type of a value.</summary>
    public ParameterType Type { get; init; }

    /// <summary>The values that there are; empty when any is taken.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>True when it may be given several times, for several values.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The least number; null for none.</summary>
    public int? Minimum { get; init; }

    /// <summary>The greatest number; null for none.</summary>
    public int? Maximum { get; init; }

    /// <summary>The number when it is left out; null for none.</summary>
    public int? Default { get; init; }
}

/// <summary>The type of a parameter's value.</summary>
internal enum ParameterType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A point in time, ISO 8601.</summary>
    Time,

    /// <summary>An object whose members are parameters of their own: names that no document can list.</summary>
    Names,
}
