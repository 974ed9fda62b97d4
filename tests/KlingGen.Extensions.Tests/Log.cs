using Microsoft.Extensions.Logging;

namespace Fal.Tests;

/// <summary>Keeps what is logged: one line per event, with category, level, event id, message, every parameter and the exception.</summary>
internal sealed class Log : ILoggerProvider
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(Log log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var pairs = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            var parameters = string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
            var line = $"{category} {logLevel} {eventId.Id} {eventId.Name}: {formatter(state, exception)} [{parameters}] {exception}";
            lock (log._lines) log._lines.Add(line);
        }
    }
}
