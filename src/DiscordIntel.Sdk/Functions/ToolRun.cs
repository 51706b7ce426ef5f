using System.Collections.ObjectModel;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>One run: the conversation as it grows, the calls so far, and the caps. It decides; others send and call.</summary>
internal sealed class ToolRun
{
    // The second equal call is answered with a warning, the third ends the run.
    private const int MostEqualCalls = 2;
    private readonly FunctionRequest _request;
    private readonly FunctionOptions _options;
    private readonly IReadOnlyDictionary<string, Tool> _tools;
    private readonly StepError? _fault;
    private readonly RunTime _time;
    private readonly List<ChatMessage> _messages;
    private readonly List<ToolCall> _calls = [];
    private readonly List<ToolStep> _steps = [];
    private StepReceipt _receipt;
    private IReadOnlyList<ToolCall> _turn = [];
    private int _round;
    private int _resultCharacters;

    public ToolRun(FunctionRequest request, FunctionOptions options, ToolSet tools, IReadOnlyList<string> warnings, RunTime time)
    {
        (_request, _options, _tools, _fault, _time) = (request, options, tools.ByName, tools.Fault, time);
        _receipt = StepReceipt.None with { Warnings = warnings };
        _messages = [new ChatMessage(ChatRole.System, FunctionPrompts.Rules), .. request.Messages];
    }

    /// <summary>The calls of the turn under way that run.</summary>
    public IEnumerable<ToolCall> Running => _turn.Where(call => call.Refusal is null && call.Earlier is null);

    public bool HasNoTools => _tools.Count == 0;

    /// <summary>The next turn of the model.</summary>
    public ModelCall<ChatResponse> Next(string operation, Action<ChatResponse>? onReply = null) => new()
    {
        Operation = operation,
        Feature = IntelFeature.FunctionCalling,
        Messages = [.. _messages],
        Tools = _tools.Count == 0 ? null : [.. _tools.Values.Select(tool => tool.Declaration)],

        // What had to be called has been called after the first turn; asked for again it would never end.
        ToolMode = _tools.Count > 0 && (_round == 0 || _request.ToolMode is NoneChatToolMode) ? _request.ToolMode : null,

        // The first turn has been paid: a later one may wait for its place rather than lose it.
        Generation = _round == 0 ? _request.Generation : (_request.Generation ?? new GenerationOptions()) with { Background = true },
        Fault = _fault,
        Spent = _round == 0 ? TimeSpan.Zero : _time.Elapsed,
        TakesOnlyText = false,
        IsCacheable = false,
        OnReply = onReply,
        Read = static reply => Reading<ChatResponse>.Of(reply),
    };

    /// <summary>Takes a turn of the model. Gives the end of the run, or null when calls have to run first.</summary>
    public StepResult<string>? Take(StepResult<ChatResponse> turn)
    {
        _receipt = _receipt.Add(turn.Receipt);
        if (!turn.IsSuccess)
        {
            return End(turn.Error);
        }

        FunctionCallContent[] asked =
            [.. turn.Value.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => !call.InformationalOnly)];
        if (asked.Length == 0)
        {
            if (_round == 0 && _request.ToolMode is RequiredChatToolMode)
            {
                // OpenAI does not let it; other servers do.
                _receipt = _receipt with { Warnings = [.. _receipt.Warnings, "The model answered without the call that ToolMode requires."] };
            }

            return StepResult.Success(turn.Value.Text, Receipt);
        }

        _round++;
        _messages.AddRange(turn.Value.Messages);

        // Not every server keeps to a choice of none; here it holds all the same.
        IReadOnlyDictionary<string, Tool> callable = _request.ToolMode is NoneChatToolMode ? ReadOnlyDictionary<string, Tool>.Empty : _tools;
        _turn = [.. asked.Select(content => ToolCall.Of(content, callable))];
        string? cap = _round > _options.MaxRounds
            ? $"The model called tools in more than {_options.MaxRounds} turns (DiscordIntel:Functions:MaxRounds)."
            : _turn.Count > _options.MaxCallsPerRound
                ? $"The model asked for {_turn.Count} calls in one turn; {_options.MaxCallsPerRound} are allowed (DiscordIntel:Functions:MaxCallsPerRound)."
                : Repeats();
        StepError? error = cap is not null ? Limit(cap)
            : _time.Remaining <= TimeSpan.Zero ? new StepError { Kind = StepErrorKind.Timeout, Message = "The run's time was over before its tools could run.", IsRetryable = true }
            : null;
        if (error is null)
        {
            return null;
        }

        _steps.AddRange(_turn.Select(call => Step(call, ToolOutcome.NotRun, turn.Receipt)));
        return End(error);
    }

    /// <summary>Takes what became of the calls that ran. Gives the end of the run, or null for the next turn.</summary>
    public StepResult<string>? Finish(IReadOnlyCollection<ToolStep> ran, StepReceipt turn)
    {
        Dictionary<ToolCall, ToolStep> ofCall = Running.Zip(ran).ToDictionary(pair => pair.First, pair => pair.Second);
        var results = new ChatMessage(ChatRole.Tool, (IList<AIContent>?)null);
        foreach (ToolCall call in _turn)
        {
            call.Result ??= call.Earlier is { } earlier ? FunctionPrompts.Again + earlier.Result : FunctionPrompts.For(call.Refusal!.Value, call.Issues);
            _resultCharacters += call.Result.Length;
            _steps.Add(ofCall.TryGetValue(call, out ToolStep? step)
                ? Placed(step, turn)
                : Step(call, call.Earlier is null ? call.Refusal!.Value : ToolOutcome.Repeated, turn));
            results.Contents.Add(new FunctionResultContent(call.Content.CallId, call.Result));
        }

        _calls.AddRange(_turn);
        _messages.Add(results);
        _turn = [];
        return _resultCharacters > _options.MaxResultCharacters
            ? End(Limit($"The results of tools have {_resultCharacters} characters together; {_options.MaxResultCharacters} are allowed (DiscordIntel:Functions:MaxResultCharacters)."))
            : null;
    }

    /// <summary>A call that ran, with the turn that asked for it.</summary>
    public ToolStep Placed(ToolStep ran, StepReceipt turn) => ran with { Round = _round, InputTokens = turn.InputTokens, OutputTokens = turn.OutputTokens };

    /// <summary>The account of the run so far.</summary>
    public StepReceipt Receipt => _receipt with { Elapsed = _time.Elapsed, ToolSteps = [.. _steps] };

    // Sets apart the calls that were made before. Gives the reason to end when one of them was made too often.
    private string? Repeats()
    {
        for (int i = 0; i < _turn.Count; i++)
        {
            ToolCall call = _turn[i];
            ToolCall[] equal = [.. _calls.Concat(_turn.Take(i)).Where(call.Repeats)];
            if (equal.Length >= MostEqualCalls)
            {
                return $"The model made the same call of '{call.Name}' again and again.";
            }

            if (equal.Length > 0)
            {
                call.Earlier = equal[0];
                _receipt = _receipt with { Warnings = [.. _receipt.Warnings, $"The model called '{call.Name}' twice with the same arguments; the second call did not run."] };
            }
        }

        return null;
    }

    private ToolStep Step(ToolCall call, ToolOutcome outcome, StepReceipt turn) => new()
    {
        Tool = call.Name,
        CallId = call.Content.CallId,
        Round = _round,
        Outcome = outcome,
        Arguments = call.Arguments,
        Result = call.Result,
        Error = call.Issues ?? (outcome is ToolOutcome.Unknown ? "No tool of this name may be used in this call." : null),
        InputTokens = turn.InputTokens,
        OutputTokens = turn.OutputTokens,
    };

    private StepResult<string> End(StepError error) => StepResult.Failure<string>(error, Receipt);

    private static StepError Limit(string message) => new() { Kind = StepErrorKind.ToolLimitReached, Message = message };
}
