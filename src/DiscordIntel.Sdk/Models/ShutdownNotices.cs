using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Models;

/// <summary>Says that a model is about to be shut down: in every receipt, and once a model in the log.</summary>
internal sealed partial class ShutdownNotices(ILogger logger)
{
    private const int DaysAhead = 60;

    // The sentence of the day, by model.
    private readonly ConcurrentDictionary<string, Notice> _notices = new();

    public string? For(ModelInfo model, DateTimeOffset now)
    {
        if (model.Shutdown is not { } day || day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber is var days && days > DaysAhead)
        {
            return null;
        }

        if (_notices.TryGetValue(model.Id, out Notice? known) && known.Days == days && ReferenceEquals(known.Model, model))
        {
            return known.Sentence;
        }

        var notice = new Notice(model, days, Sentence(model, day, days));
        if (_notices.TryAdd(model.Id, notice))
        {
            ModelEnds(logger, notice.Sentence);
        }
        else
        {
            _notices[model.Id] = notice;
        }

        return notice.Sentence;
    }

    private static string Sentence(ModelInfo model, DateOnly day, int days)
    {
        string when = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string instead = model.Replacement is { } replacement ? $"use {replacement}" : "choose another model";
        return days <= 0
            ? $"{model.Id} was due to be shut down on {when}: {instead}."
            : $"{model.Id} will be shut down on {when}, in {days} {(days == 1 ? "day" : "days")}: {instead}.";
    }

    [LoggerMessage(300, LogLevel.Warning, "{Notice}")]
    private static partial void ModelEnds(ILogger logger, string notice);

    private sealed record Notice(ModelInfo Model, int Days, string Sentence);
}
