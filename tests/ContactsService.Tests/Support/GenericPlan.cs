using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Tests.Support;

/// <summary>Plans of statements as PostgreSQL makes them for prepared ones: without the values.</summary>
internal static class GenericPlan
{
    /// <summary>The lines of the plan, without their indentation.</summary>
    public static async Task<List<string>> OfAsync(NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var types = parameters.Select(parameter => TypeOf(parameter.NpgsqlDbType)).ToList();
        await using var prepare = new NpgsqlCommand($"PREPARE explained({string.Join(", ", types)}) AS {sql}", connection);
        await prepare.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand(
            $"EXPLAIN (COSTS OFF) EXECUTE explained({string.Join(", ", types.Select(_ => "NULL"))})", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0).Trim());
        }

        return plan;
    }

    private static string TypeOf(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Uuid => "uuid",
        NpgsqlDbType.Boolean => "boolean",
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Array | NpgsqlDbType.Text => "text[]",
        NpgsqlDbType.Array | NpgsqlDbType.Bigint => "bigint[]",
        _ => "tsquery",
    };
}
