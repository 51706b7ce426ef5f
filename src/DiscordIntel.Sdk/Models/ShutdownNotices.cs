using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Models;

/// <summary>Says that a model is about to be shut down: in every receipt, and once a model in the log.</summary>
internal sealed partial class ShutdownNotices(ILogger logger)
{
    private const int DaysAhead = 60;
    private readonly ConcurrentDictionary<string, bool> _logged = new();

    public string? For(ModelInfo model, DateTimeOffset now)
    {
        if (model.Shutdown is not { } day || day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber is var days && days > DaysAhead)
        {
            return null;
        }

        string when = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string instead = model.Replacement is { } replacement ? $"use {replacement}" : "choose another model";
        string notice = days <= 0
            ? $"{model.Id} was due to be shut down on {when}: {instead}."
            : $"{model.Id} will be shut down on {when}, in {days} {(days == 1 ? "day" : "days")}: {instead}.";
        if (_logged.TryAdd(model.Id, true))
        {
            ModelEnds(logger, notice);
        }

        return notice;
    }

    [LoggerMessage(300, LogLevel.Warning, "{Notice}")]
    private static partial void ModelEnds(ILogger logger, string notice);
}
