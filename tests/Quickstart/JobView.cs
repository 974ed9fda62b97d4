using System.Globalization;
using System.Text.RegularExpressions;
using Fal;

namespace Quickstart;

/// <summary>Shows how a job goes: in a terminal a bar that moves below the model's lines, elsewhere a plain line for each piece of news.</summary>
internal sealed partial class JobView : IDisposable
{
    private const int BarLength = 28;

    private readonly bool _isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    private readonly bool _hasColors = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Timer? _clock;
    private string _state = "Submitted";
    private double? _share;
    private bool _isOver;

    public JobView()
    {
        if (_isTerminal) _clock = new Timer(_ => Redraw(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Shows what changed.</summary>
    public void Show(FalJobUpdate update)
    {
        lock (_gate)
        {
            var (isOver, state) = (update.Status.IsFinal, Describe(update.Status));
            if (!isOver) ShowState(state);
            foreach (var line in update.NewLogs) ShowLine(Printable(line.Message));
            if (isOver) ShowState(state);
            if (isOver && _share is not null) _share = 1;
        }
        Redraw();
    }

    /// <summary>Leaves the bar as it is and the cursor below it.</summary>
    public void Dispose()
    {
        _clock?.Dispose();
        lock (_gate)
        {
            _isOver = true;
            if (_isTerminal) Console.WriteLine();
        }
    }

    private static string Describe(FalJobStatus status) => status switch
    {
        { IsFailed: true } => "Failed",
        { IsFinal: true } => "Done",
        { QueuePosition: 0 } => "Next in the queue",
        { QueuePosition: { } ahead } => $"In the queue, {ahead} ahead",
        _ when status.State == FalJobState.InProgress => "The model works",
        _ => "In the queue",
    };

    private void ShowState(string state)
    {
        if (!_isTerminal && state != _state) Console.WriteLine(state);
        _state = state;
    }

    private void ShowLine(string text)
    {
        // Models report how far they are in their lines, if they do at all: "40%".
        var percent = Percent().Match(text);
        if (percent.Success) _share = Math.Min(1, int.Parse(percent.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / 100.0);
        text = "  " + text;
        // Over the bar, which comes back below.
        Console.WriteLine(_isTerminal ? '\r' + Fitted(text) : text);
    }

    private void Redraw()
    {
        lock (_gate)
        {
            if (!_isTerminal || _isOver) return;
            var filled = (int)((_share ?? 0) * BarLength);
            var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
            Console.Write('\r');
            if (_hasColors) Console.ForegroundColor = ConsoleColor.Green;
            Console.Write(new string('#', filled));
            if (_hasColors) Console.ResetColor();
            Console.Write(Fitted($"{new string('.', BarLength - filled)} {_share,4:0%} {seconds:0.0} s  {_state}", filled));
        }
    }

    /// <summary>Text that covers what stood on the line before, and does not reach the last column, where some terminals begin a new line.</summary>
    private static string Fitted(string text, int used = 0)
    {
        var room = Math.Max(0, (Console.WindowWidth > 0 ? Console.WindowWidth : 80) - 1 - used);
        return text.Length > room ? text[..room] : text.PadRight(room);
    }

    /// <summary>Lines come from afar: what would move the cursor or colour the screen is left out.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    [GeneratedRegex(@"\b(\d{1,3})\s?%")]
    private static partial Regex Percent();
}
