using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tests.Support;

/// <summary>Keeps every log line, with its exception and its values.</summary>
internal sealed class RoadLog : ILoggerProvider
{
    public List<Line> Lines { get; } = [];

    public string Everything => string.Join('\n', Lines.Select(line => $"{line.Category} {line.Id.Id} {line.Text} {line.Values} {line.Exception}"));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Line(string Category, LogLevel Level, EventId Id, string Text, string Values, Exception? Exception);

    private sealed class Logger(RoadLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs) : "";
            lock (log.Lines)
            {
                log.Lines.Add(new Line(category, logLevel, eventId, formatter(state, exception), values, exception));
            }
        }
    }
}
