using DiscordIntel.Models;
using Microsoft.Extensions.Options;

namespace DiscordIntel;

/// <summary>Checks the composed options. Every message names the configuration path, the value and the fix.</summary>
internal sealed class DiscordIntelOptionsValidator : IValidateOptions<DiscordIntelOptions>
{
    private const int LongestDiscordMessage = 2000;

    public ValidateOptionsResult Validate(string? name, DiscordIntelOptions options)
    {
        const string root = DiscordIntelOptions.SectionName;
        string[] faults =
        [
            .. options.Analysis.Faults($"{root}:Analysis"),
            .. options.Budget.Faults($"{root}:Budget"),
            .. options.Cache.Faults($"{root}:Cache"),
            .. options.Limits.Faults($"{root}:Limits"),
            .. options.Tenants.Faults($"{root}:Tenants"),
            .. options.OpenAI.Faults($"{root}:OpenAI"),
            .. options.Generation.Faults($"{root}:Generation"),
            .. options.Models.Faults($"{root}:Models"),
            .. options.Resilience.Faults($"{root}:Resilience"),
            .. options.Privacy.Faults($"{root}:Privacy"),
            .. MessageFaults(options, $"{root}:UserMessages"),
        ];

        // Looked up only with entries that hold together.
        faults = faults.Length == 0 ? [.. ModelFaults(options, root)] : faults;
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> MessageFaults(DiscordIntelOptions options, string path) =>
        from message in options.UserMessages
        where string.IsNullOrWhiteSpace(message.Value) || message.Value.Length > LongestDiscordMessage
        select string.IsNullOrWhiteSpace(message.Value)
            ? $"{path}:{message.Key} is empty, which Discord does not send. Write one sentence or remove the setting."
            : $"{path}:{message.Key} has {message.Value.Length} characters. Write one sentence; Discord takes {LongestDiscordMessage} characters.";

    private static IEnumerable<string> ModelFaults(DiscordIntelOptions options, string root)
    {
        ModelCatalog catalog = ModelCatalog.Default.With(options.Models.Catalog);
        if (options.Budget.DegradeTo is { } degraded)
        {
            if (catalog.TryFind(degraded, out ModelInfo? cheaper) && cheaper.Kind is not null and not "chat")
            {
                yield return $"{root}:Budget:DegradeTo is '{cheaper.Id}', which the catalogue knows as a {cheaper.Kind} model. Name a cheaper chat model.";
            }
            else if (cheaper?.HasPrice is not true)
            {
                yield return $"{root}:Budget:DegradeTo is '{degraded}', whose price is not known, so no limit could be kept with it. "
                    + $"Set {options.Models.EntryPath(degraded)}:Id = {degraded} with InputPrice and OutputPrice, or name another model.";
            }
        }

        if (!catalog.TryFind(options.Generation.Model ?? options.Models.Text, out ModelInfo? model))
        {
            yield break;
        }

        string path = options.Generation.Model is null ? $"{root}:Models:Text" : $"{root}:Generation:Model";
        if (model.Kind is not null and not "chat")
        {
            yield return $"{path} is '{model.Id}', which the catalogue knows as a {model.Kind} model. Name a chat model, such as {ModelOptions.DefaultText}.";
        }

        if (options.Generation.ReasoningEffort is { Length: > 0 } effort && model.ReasoningEfforts.Count > 0 && !model.ReasoningEfforts.Contains(effort))
        {
            yield return $"{root}:Generation:ReasoningEffort is '{effort}', which {model.Id} does not take. Set one of: {string.Join(", ", model.ReasoningEfforts)}.";
        }
    }
}
