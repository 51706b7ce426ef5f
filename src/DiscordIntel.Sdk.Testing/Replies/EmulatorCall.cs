using System.Globalization;
using System.Text;
using System.Text.Json;
using DiscordIntel.Testing.Content;
using DiscordIntel.Testing.Http;

namespace DiscordIntel.Testing.Replies;

/// <summary>A request on its way through the emulator: what a reply may depend on, and the count of what was produced for it.</summary>
internal sealed class EmulatorCall(int number, ReceivedRequest request, int status, TimeProvider time, CancellationToken stopping)
{
    public const string RequestIdHeader = "x-request-id";

    private readonly Lock _lock = new();
    private bool _isCompletion;
    private int? _chunks;
    private long _outputBytes;

    /// <summary>From 1, in the order of arrival.</summary>
    public int Number => number;

    public string RequestId { get; } = string.Create(CultureInfo.InvariantCulture, $"req_emulator_{number}");

    public JsonElement Body => request.Body;

    public TimeProvider Time => time;

    /// <summary>Ends when the server stops; never in process.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>The requested model; empty when there is none.</summary>
    public string Model => Member("model") is { ValueKind: JsonValueKind.String } model ? model.GetString()! : "";

    public bool IsResponses => request.IsResponses;

    /// <summary>Whether the request asks for the encrypted reasoning.</summary>
    public bool WantsReasoning => IsResponses && Member("include") is { ValueKind: JsonValueKind.Array } include
        && include.EnumerateArray().Any(static wish => wish.ValueKind == JsonValueKind.String && wish.ValueEquals("reasoning.encrypted_content"));

    public bool IsStream => Member("stream").ValueKind == JsonValueKind.True;

    public bool WantsUsage => StreamOption("include_usage").ValueKind == JsonValueKind.True;

    /// <summary>OpenAI pads its chunks unless it is asked not to.</summary>
    public bool WantsObfuscation => StreamOption("include_obfuscation").ValueKind != JsonValueKind.False;

    /// <summary>The model has read the prompt and begins to answer: from here on it is billed.</summary>
    public void Begin(bool isStream)
    {
        lock (_lock)
        {
            _isCompletion = true;
            _chunks = isStream ? 0 : null;
        }
    }

    /// <summary>So much of the answer has been generated.</summary>
    public void Generated(string text)
    {
        lock (_lock)
        {
            _outputBytes += Encoding.UTF8.GetByteCount(text);
            _chunks++;
        }
    }

    public EmulatorBill? ToBill()
    {
        lock (_lock)
        {
            return !_isCompletion ? null : new EmulatorBill
            {
                Model = Model,
                Completions = 1,
                InputTokens = RequestText.EstimatePromptTokens(Body),
                OutputTokens = RequestText.TokensOf(_outputBytes),
            };
        }
    }

    public EmulatorRequest ToRecord()
    {
        lock (_lock)
        {
            return request.ToRecord(status) with { Chunks = _chunks };
        }
    }

    private JsonElement Member(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out JsonElement member) ? member : default;

    private JsonElement StreamOption(string name) =>
        Member("stream_options") is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty(name, out JsonElement option) ? option : default;
}
