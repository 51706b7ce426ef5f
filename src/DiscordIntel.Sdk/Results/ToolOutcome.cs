namespace DiscordIntel.Results;

/// <summary>What became of a call that the model asked for. The set is owned by this library and may grow.</summary>
public enum ToolOutcome
{
    /// <summary>The tool ran and its result went to the model.</summary>
    Succeeded,

    /// <summary>The tool threw. The model was told only that it failed.</summary>
    Failed,

    /// <summary>The tool did not end in its time. The model was told so; the tool's token was cancelled.</summary>
    TimedOut,

    /// <summary>As many calls of the tool as may run at the same time were running all along. It did not run.</summary>
    Busy,

    /// <summary>The arguments are no JSON, or do not fit the tool's schema. It did not run; the model was told what is wrong.</summary>
    InvalidArguments,

    /// <summary>No tool of this name exists, or the caller's scope may not use it. Nothing ran.</summary>
    Unknown,

    /// <summary>The tool needs an approval that was not given, or not in time. It did not run.</summary>
    Denied,

    /// <summary>The same call was made before. It did not run again; the model was given the earlier result and a warning.</summary>
    Repeated,

    /// <summary>The run ended at one of its caps before this call's turn. It did not run.</summary>
    NotRun,
}
