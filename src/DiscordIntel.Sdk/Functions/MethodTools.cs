using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Functions;

/// <summary>Makes tools of methods. Services of the container, the scope and the token are bound by us; the model gives the other parameters.</summary>
internal static class MethodTools
{
    public static AIFunction Create(Delegate method, string? name, string? description, IServiceProvider services)
    {
        IServiceProviderIsService? known = services.GetService<IServiceProviderIsService>();
        return AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
        {
            Name = name,
            Description = description,
            ConfigureParameterBinding = parameter => Binding(parameter, known),
        });
    }

    private static AIFunctionFactoryOptions.ParameterBindingOptions Binding(ParameterInfo parameter, IServiceProviderIsService? known)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(IntelScope))
        {
            return new() { ExcludeFromSchema = true, BindParameter = static (_, arguments) => arguments.Context?[typeof(IntelScope)] };
        }

        // A container says of every sequence that it has it.
        bool isSequence = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
        return !isSequence && known?.IsService(type) is true
            ? new() { ExcludeFromSchema = true, BindParameter = static (bound, arguments) => arguments.Services?.GetRequiredService(bound.ParameterType) }
            : default;
    }
}
