using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Storage;

/// <summary>SQL text and its parameters, grown together; parameters are positional, so that statements prepare.</summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder text = new();

    /// <summary>In the order of their numbers.</summary>
    public List<NpgsqlParameter> Parameters { get; } = [];

    /// <summary>Adds SQL of ours, never a caller's text.</summary>
    public SqlBuilder Append(string sql)
    {
        text.Append(sql);
        return this;
    }

    /// <summary>Adds a parameter and gives its place holder.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return string.Create(CultureInfo.InvariantCulture, $"${Parameters.Count}");
    }

    /// <summary>The statement.</summary>
    public override string ToString() => text.ToString();

    /// <summary>The statement with its parameters.</summary>
    public NpgsqlBatchCommand ToStatement()
    {
        var statement = new NpgsqlBatchCommand(ToString());
        foreach (var parameter in Parameters)
        {
            statement.Parameters.Add(parameter);
        }

        return statement;
    }
}
