using System.Text.Json;

namespace DiscordIntel.Structured;

/// <summary>
/// A second opinion on answers: register an implementation in the container, and every structured answer that passed the built-in check is shown to it.
/// What it finds is treated like any other issue: the model is asked once more.
/// </summary>
public interface IJsonSchemaValidator
{
    /// <summary>Checks an answer. Called from any thread.</summary>
    /// <param name="schema">The schema as it was given, or as it was made from the type; not the strict form that was sent.</param>
    /// <param name="answer">The answer. Nulls that stood for absent optional members have been dropped.</param>
    /// <returns>What is wrong, one sentence each with a JSON path; empty when the answer fits. The sentences are shown to the model.</returns>
    IReadOnlyList<string> Validate(JsonElement schema, JsonElement answer);
}
