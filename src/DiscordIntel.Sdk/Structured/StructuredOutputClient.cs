using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using DiscordIntel.Structured.Schemas;

namespace DiscordIntel.Structured;

/// <summary>
/// Answers that fit a C# type or a JSON schema. The schema is made lawful for the provider's strict mode; the answer is checked here against the original
/// one, limits included, and asked for once more when it does not fit. Safe for concurrent use; inject it as a singleton.
/// </summary>
public class StructuredOutputClient
{
    private const int MostGivenSchemas = 256;
    private static readonly StructuredStep Step = new("structured.generate");
    private const string ReflectionMessage = "The schema is made by reflection. With trimming or AOT use the overload that takes a JsonTypeInfo<T>.";
    private readonly IntelPipeline _pipeline;
    private readonly IJsonSchemaValidator? _validator;
    private readonly ConditionalWeakTable<JsonTypeInfo, CompiledSchema> _compiled = [];
    private readonly ConcurrentDictionary<string, CompiledSchema> _given = new(StringComparer.Ordinal);
    private JsonSerializerOptions? _reflection;

    internal StructuredOutputClient(IntelPipeline pipeline, IJsonSchemaValidator? validator) => (_pipeline, _validator) = (pipeline, validator);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected StructuredOutputClient() => _pipeline = null!;

    /// <summary>Answers a prompt as a <typeparamref name="T"/>. Members are named in camel case, enums by their names.</summary>
    /// <param name="prompt">What the model is asked. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <typeparam name="T">A type that a strict schema can describe: no dictionaries, no <see cref="object"/> members.</typeparam>
    /// <returns>
    /// The checked value. A type that cannot be described is an <see cref="StepErrorKind.InvalidRequest"/> that names the place and a way out; an answer that
    /// does not fit even when asked again is an <see cref="StepErrorKind.InvalidResponse"/>.
    /// </returns>
    [RequiresUnreferencedCode(ReflectionMessage)]
    [RequiresDynamicCode(ReflectionMessage)]
    public virtual Task<StepResult<T>> GenerateAsync<T>(string prompt, IntelScope scope, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return GenerateAsync<T>(StructuredRequest.Of(prompt), scope, cancellationToken);
    }

    /// <summary>Answers messages as a <typeparamref name="T"/>, with options for this call. Otherwise like the overload that takes a prompt.</summary>
    [RequiresUnreferencedCode(ReflectionMessage)]
    [RequiresDynamicCode(ReflectionMessage)]
    public virtual Task<StepResult<T>> GenerateAsync<T>(StructuredRequest request, IntelScope scope, CancellationToken cancellationToken = default)
        where T : notnull
    {
        JsonSerializerOptions options = _reflection ??= new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            RespectNullableAnnotations = true,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter() },
        };
        JsonTypeInfo<T> type;
        try
        {
            type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        }
        catch (Exception fault) when (fault is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            ArgumentNullException.ThrowIfNull(request);

            // Nothing is ever parsed: the call carries its fault and reaches no provider.
            CompiledSchema unusable = CompiledSchema.Unusable(typeof(T), fault.Message);
            return AskAsync<T>(Step, request, unusable, static _ => default!, scope, cancellationToken);
        }

        return GenerateAsync(request, type, scope, cancellationToken);
    }

    /// <summary>Answers messages as a <typeparamref name="T"/> that a <see cref="JsonSerializerContext"/> describes: no reflection, fit for trimming and AOT.</summary>
    public virtual Task<StepResult<T>> GenerateAsync<T>(
        StructuredRequest request, JsonTypeInfo<T> typeInfo, IntelScope scope, CancellationToken cancellationToken = default)
        where T : notnull =>
        GenerateAsync(Step, request, typeInfo, scope, cancellationToken);

    /// <summary>Answers messages as JSON that fits a given schema.</summary>
    /// <param name="request">The messages and how to answer them.</param>
    /// <param name="schema">
    /// The schema of an object. What strict mode asks for is added (every object closed, every member required, an optional one nullable) and what it refuses
    /// is taken out; all of it is still checked here. A keyword that cannot be kept is an <see cref="StepErrorKind.InvalidRequest"/> with its JSON path.
    /// </param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    public virtual Task<StepResult<JsonElement>> GenerateAsync(
        StructuredRequest request, JsonElement schema, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return AskAsync(Step, request, Compiled(schema), static utf8 => JsonElement.Parse(utf8.Span), scope, cancellationToken);
    }

    private CompiledSchema Compiled(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            return CompiledSchema.Of(schema);
        }

        // Compiling takes far longer than a look-up. Hosts have a handful of schemas; one that makes them up as it goes shall not fill the memory.
        if (_given.Count >= MostGivenSchemas)
        {
            _given.Clear();
        }

        return _given.GetOrAdd(schema.GetRawText(), static (_, given) => CompiledSchema.Of(given), schema);
    }

    /// <summary>For the clients that stand on this one.</summary>
    internal Task<StepResult<T>> GenerateAsync<T>(
        StructuredStep step, StructuredRequest request, JsonTypeInfo<T> typeInfo, IntelScope scope, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(typeInfo);
        CompiledSchema schema = _compiled.GetValue(typeInfo, CompiledSchema.Of);
        return AskAsync(step, request, schema, utf8 => JsonSerializer.Deserialize(utf8.Span, typeInfo)!, scope, cancellationToken);
    }

    private async Task<StepResult<T>> AskAsync<T>(
        StructuredStep step,
        StructuredRequest request,
        CompiledSchema schema,
        Func<ReadOnlyMemory<byte>, T> parse,
        IntelScope scope,
        CancellationToken cancellationToken)
        where T : notnull
    {
        var turn = new StructuredTurn<T>(step, request, schema, _validator, parse);
        StepResult<T> first = await _pipeline.RunAsync(turn.First(), scope, cancellationToken).ConfigureAwait(false);
        if (turn.Again(first) is not { } again)
        {
            return first;
        }

        StepResult<T> second = await _pipeline.RunAsync(again, scope, cancellationToken).ConfigureAwait(false);
        return second.WithReceipt(first.Receipt.Add(second.Receipt));
    }
}
