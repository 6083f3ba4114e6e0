using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Storage;

/// <summary>Builds SQL text together with its parameters, which are positional so that statements can be prepared.</summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder text = new();

    public List<NpgsqlParameter> Parameters { get; } = [];

    /// <summary>Appends SQL of the service, never text of a caller.</summary>
    public SqlBuilder Append(string sql)
    {
        text.Append(sql);
        return this;
    }

    /// <summary>Adds a parameter and returns its placeholder.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return string.Create(CultureInfo.InvariantCulture, $"${Parameters.Count}");
    }

    public override string ToString() => text.ToString();

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
