using System.Reflection;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>
    /// What programs are compiled against changes only on purpose: with the approved text, and with a line in CHANGELOG.md.
    /// </summary>
    [Fact]
    public void Is_what_was_approved()
    {
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Client", "PublicApi.txt"));
        var actual = string.Concat(
            typeof(ContactsClient).Assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal).Select(line => $"{line}\n"));
        if (actual != approved)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "Client", "PublicApi.actual.txt"), actual);
        }

        Assert.Equal(approved, actual);
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Name(type)} : {Name(type.BaseType ?? typeof(object))}";
        foreach (var member in type.GetMembers(Declared).Where(member => !IsMadeByTheCompiler(member)))
        {
            yield return $"{Name(type)}: {Text(member)}";
        }
    }

    private static string Text(MemberInfo member) => member switch
    {
        PropertyInfo property =>
            $"{Static(property.GetMethod!)}{Name(Nullability.Create(property))} {property.Name} {{ {Accessors(property)} }}",
        FieldInfo field => $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}",
        MethodInfo method => $"{Static(method)}{Name(Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})",
        MethodBase constructor => $"{constructor.Name}({Parameters(constructor)})",
        _ => member.ToString()!,
    };

    private static string Accessors(PropertyInfo property) => property.SetMethod switch
    {
        null or { IsPublic: false } => "get;",
        var set when set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 => "get; init;",
        _ => "get; set;",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Text));

    private static string Text(ParameterInfo parameter)
    {
        var isParams = parameter.GetCustomAttribute<System.Runtime.CompilerServices.ParamCollectionAttribute>() is not null;
        var standard = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{(isParams ? "params " : "")}{Name(Nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    // What may be null is part of what programs are compiled against.
    private static string Name(NullabilityInfo info)
    {
        var type = info.Type.IsGenericType && Nullable.GetUnderlyingType(info.Type) is null
            ? $"{info.Type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>"
            : Name(info.Type);
        return !info.Type.IsValueType && info.ReadState == NullabilityState.Nullable ? $"{type}?" : type;
    }

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value
        ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    // Accessors stand with their properties; a record's equality goes without saying.
    private static bool IsMadeByTheCompiler(MemberInfo member) =>
        member is MethodBase { IsSpecialName: true } and not ConstructorInfo
        || member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || member.Name is "Equals" or "GetHashCode" or "<Clone>$" or "EqualityContract";
}
