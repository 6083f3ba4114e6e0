using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ContactsService.Http;

/// <summary>
/// Reads a section of the settings into its class. The binder of .NET would pass over a misspelt name, and knows no ranges:
/// a limit of 0 seconds would start, and refuse every request.
/// </summary>
internal static class Settings
{
    /// <summary>Reads the section; what is not set keeps its default.</summary>
    /// <exception cref="SettingsException">A value cannot be read or is out of its range, or a name is not known.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var settings = new T();
        var properties = typeof(T).GetProperties().Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        List<string> mistakes = [];
        mistakes.AddRange(UnknownNames(configuration, section, properties.Keys));
        foreach (var setting in configuration.GetSection(section).GetChildren())
        {
            if (!properties.TryGetValue(setting.Key, out var property))
            {
                continue;
            }

            if (Convert(setting.Value ?? "", property.PropertyType) is { } value && IsValid(property, value))
            {
                property.SetValue(settings, value);
            }
            else
            {
                mistakes.Add(Explain(section, property, setting.Value));
            }
        }

        return mistakes.Count == 0 ? settings : throw new SettingsException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>A sentence for each name within the section that is none of its settings.</summary>
    public static IEnumerable<string> UnknownNames(IConfiguration configuration, string section, IReadOnlyCollection<string> names) =>
        configuration.GetSection(section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null && !names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            .Select(setting => $"{section}:{setting.Key} is no setting. {section} has {string.Join(", ", names)}.");

    private static object? Convert(string text, Type type) => type switch
    {
        _ when type == typeof(int) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(bool) => bool.TryParse(text, out var truth) ? truth : null,
        _ => text,
    };

    private static bool IsValid(PropertyInfo property, object value) =>
        property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));

    // The values of numbers and booleans only: a text may be a secret.
    private static string Explain(string section, PropertyInfo property, string? value)
    {
        var rule = property.GetCustomAttribute<ValidationAttribute>() switch
        {
            RangeAttribute range => $"'{value}' is not a whole number from {range.Minimum} to {range.Maximum}",
            { ErrorMessage: { } sentence } => sentence,
            _ => $"'{value}' is neither true nor false",
        };
        return $"{section}:{property.Name}: {rule}. "
            + $"The environment variable is {section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}; "
            + "docs/configuration.md has all settings.";
    }
}

/// <summary>A setting that the service cannot start with; the message names it and says what it may be.</summary>
internal sealed class SettingsException(string message) : Exception(message);
