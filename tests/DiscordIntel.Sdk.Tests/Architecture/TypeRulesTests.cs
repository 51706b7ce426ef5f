using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace DiscordIntel.Tests.Architecture;

/// <summary>The rules that the compiled assembly shows.</summary>
[TestFixture]
internal sealed class TypeRulesTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly Assembly Core = typeof(DiscordIntelClient).Assembly;

    [Test]
    public void PublicTypes_Core_AreAtMost110() => Assert.That(Core.GetExportedTypes(), Has.Length.InRange(10, 110));

    [Test]
    public void PublicTypes_Core_HoldNoWireType() =>
        Assert.That(Core.GetExportedTypes().Where(type => type.Namespace!.StartsWith("DiscordIntel.Providers.Wire", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void PublicMembers_Core_SpeakNoOpenAITypes() =>
        Assert.That(
            from type in Core.GetExportedTypes()
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where IsVisible(member)
            from used in Used(member)
            where used.Assembly.GetName().Name is "OpenAI" or "System.ClientModel" or "Polly.Core"
            select $"{type}.{member.Name}: {used}",
            Is.Empty);

    [Test]
    public void PublicTypes_Core_AreSealedUnlessMadeForSubstitutes() =>
        Assert.That(
            from type in Core.GetExportedTypes()
            where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.Name.EndsWith("Client", StringComparison.Ordinal)
            select type.FullName,
            Is.Empty);

    [Test]
    public void Clients_All_CanBeSubstituted() =>
        Assert.That(
            from type in Core.GetExportedTypes()
            where type.Name.EndsWith("Client", StringComparison.Ordinal)
            from fault in Faults(type)
            select fault,
            Is.Empty);

    [Test]
    public void StaticFields_Core_AreReadOnly() =>
        Assert.That(
            from type in Core.GetTypes()
            where !IsGenerated(type)
            from field in type.GetFields(Everything)
            where field is { IsStatic: true, IsInitOnly: false, IsLiteral: false } && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.Name.StartsWith('<')
            select $"{type}.{field.Name}",
            Is.Empty);

    private static IEnumerable<string> Faults(Type client)
    {
        if (client.IsSealed || !client.GetConstructors(Everything).Any(constructor => constructor.IsFamily && constructor.GetParameters().Length == 0))
        {
            yield return $"{client} cannot be substituted";
        }

        foreach (MethodInfo method in client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsVirtual || method.IsFinal))
        {
            yield return $"{client}.{method.Name} is not virtual";
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors().Length > 0,
        _ => true,
    };

    private static IEnumerable<Type> Used(MemberInfo member)
    {
        IEnumerable<Type> types = member switch
        {
            MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
            ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
            FieldInfo field => [field.FieldType],
            PropertyInfo property => [property.PropertyType],
            _ => [],
        };
        return types.SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Append(type.GetElementType() ?? type);

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.Namespace?.StartsWith("DiscordIntel", StringComparison.Ordinal) != true;
}
