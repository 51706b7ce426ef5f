using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Functions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel;

/// <summary>What <c>AddDiscordIntel()</c> returns, for packages and hosts that add to it.</summary>
public sealed class DiscordIntelBuilder
{
    private const string ReflectionMessage = "The method is called by reflection. With trimming or AOT use the overload that takes a schema and a handler.";

    internal DiscordIntelBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Registers a method as a tool. Parameters that are services of the container, an <see cref="IntelScope"/> and a <see cref="CancellationToken"/> are bound
    /// here; the model gives the others. <c>[Description]</c> on the method and its parameters tells it what they are for.
    /// </summary>
    /// <param name="method">A method or a lambda, asynchronous or not.</param>
    /// <param name="name">Its name for the model: 1 to 64 of <c>a-z A-Z 0-9 _ -</c>. Default: the method's; a lambda needs one.</param>
    /// <param name="description">What it does, in a sentence for the model. Default: the method's <c>[Description]</c>.</param>
    /// <param name="configure">How it may be called.</param>
    [RequiresUnreferencedCode(ReflectionMessage)]
    [RequiresDynamicCode(ReflectionMessage)]
    public DiscordIntelBuilder AddTool(Delegate method, string? name = null, string? description = null, Action<ToolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Add(services => MethodTools.Create(method, name, description, services), configure);
    }

    /// <summary>Registers a function of Microsoft.Extensions.AI as a tool. One wrapped in <see cref="ApprovalRequiredAIFunction"/> runs only when approved.</summary>
    /// <param name="function">The function. <c>AIFunctionArguments.Context[typeof(IntelScope)]</c> tells it for whom it runs.</param>
    /// <param name="configure">How it may be called.</param>
    public DiscordIntelBuilder AddTool(AIFunction function, Action<ToolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Add(_ => function, configure);
    }

    /// <summary>Registers a tool of a name, a JSON schema and a handler: no reflection, fit for trimming and AOT.</summary>
    /// <param name="name">Its name for the model: 1 to 64 of <c>a-z A-Z 0-9 _ -</c>.</param>
    /// <param name="description">What it does, in a sentence for the model.</param>
    /// <param name="schema">The schema of its arguments, an object.</param>
    /// <param name="handler">Gets the checked arguments and the scope; gives what the model is told.</param>
    /// <param name="configure">How it may be called.</param>
    public DiscordIntelBuilder AddTool(
        string name,
        string description,
        JsonElement schema,
        Func<JsonElement, IntelScope, CancellationToken, ValueTask<string>> handler,
        Action<ToolOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(handler);
        if (schema.ValueKind is JsonValueKind.Undefined)
        {
            throw new ArgumentException("""The schema is empty. For a tool without parameters give {"type":"object","properties":{}}.""", nameof(schema));
        }

        return AddTool(new HandlerTool(name, description, schema.Clone(), handler), configure);
    }

    /// <summary>
    /// Registers the three functions of <see cref="AnalysisTools"/> as tools. Each may run for 10 minutes, within the run's own time: give runs that use them a
    /// <see cref="GenerationOptions.Timeout"/> that leaves room.
    /// </summary>
    /// <param name="configure">How they may be called.</param>
    public DiscordIntelBuilder AddAnalysisTools(Action<ToolOptions>? configure = null)
    {
        for (int i = 0; i < AnalysisTools.Names.Count; i++)
        {
            int which = i;
            Add(
                services => services.GetRequiredService<AnalysisTools>().All[which],
                options =>
                {
                    options.Timeout = AnalysisTool.Timeout;
                    configure?.Invoke(options);
                });
        }

        return this;
    }

    /// <summary>
    /// Looks the claims of fact checks up in the <c>.txt</c> and <c>.md</c> files of a folder and the folders in it, in place of any source registered before. The files
    /// are read at the first fact check, once: what changes later is seen after a restart. A Markdown file may name its <c>title</c>, <c>date</c> (yyyy-MM-dd) and
    /// <c>url</c> in front matter; otherwise they are its first heading or its name, the day when it was last written, and its path below the folder.
    /// </summary>
    /// <param name="folder">The folder; a relative path is below the current directory. All servers are judged by the same files.</param>
    /// <exception cref="ArgumentException">There is no such folder.</exception>
    public DiscordIntelBuilder UseEvidenceFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new ArgumentException($"There is no folder '{full}'.", nameof(folder));
        }

        Services.AddSingleton<IEvidenceSource>(new EvidenceFolder(full));
        return this;
    }

    private DiscordIntelBuilder Add(Func<IServiceProvider, AIFunction> create, Action<ToolOptions>? configure)
    {
        var options = new ToolOptions();
        configure?.Invoke(options);
        if (options.Faults() is { } fault)
        {
            throw new ArgumentException(fault, nameof(configure));
        }

        Services.AddSingleton(new ToolRegistration(create, options));
        return this;
    }
}
