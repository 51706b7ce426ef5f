using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tests.Support;

/// <summary>Keeps what is logged: as a logger, or as the provider of a container's loggers.</summary>
internal sealed class BaseLog : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<BaseLogLine> _lines = new();

    public IReadOnlyList<BaseLogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new BaseLogLine(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}

internal sealed record BaseLogLine(LogLevel Level, int Id, string Text, Exception? Exception);
