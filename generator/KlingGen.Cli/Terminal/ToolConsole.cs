using Spectre.Console;

namespace KlingGen.Cli.Terminal;

/// <summary>
/// The two ways out of the tool: results go to standard output, talk to standard error. Colours are for terminals whose
/// user has not set NO_COLOR.
/// </summary>
internal sealed class ToolConsole
{
    private readonly List<string> _secrets = [];

    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes everything else.</param>
    /// <param name="outputColours">Results may be coloured.</param>
    /// <param name="errorColours">Talk may be coloured, and may move: progress bars and their like.</param>
    public ToolConsole(TextWriter output, TextWriter error, bool outputColours, bool errorColours)
    {
        Out = output;
        Error = error;
        OutputPaint = new Paint(outputColours);
        ErrorPaint = new Paint(errorColours);
        Live = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = errorColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = errorColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = errorColours ? InteractionSupport.Yes : InteractionSupport.No,
        });
        IsLive = errorColours;
    }

    /// <summary>The clock of the commands.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens a page in the user's browser; false if there is none.</summary>
    public Func<Uri, bool> OpenBrowser { get; init; } = Browser.Open;

    /// <summary>Where the person at the terminal answers; null if there is none to ask.</summary>
    public TextReader? Answers { get; init; }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public Paint OutputPaint { get; }

    public Paint ErrorPaint { get; }

    /// <summary>For what moves, on standard error. It wraps lines, so results never go through it.</summary>
    public IAnsiConsole Live { get; }

    /// <summary>Standard error is an interactive terminal.</summary>
    public bool IsLive { get; }

    public bool IsVerbose { get; set; }

    public static ToolConsole OfProcess()
    {
        var wantsColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var (isOutputSeen, isErrorSeen) = (!System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected);
        var console = new ToolConsole(System.Console.Out, System.Console.Error, wantsColour && isOutputSeen, wantsColour && isErrorSeen)
        {
            Answers = isErrorSeen && !System.Console.IsInputRedirected ? System.Console.In : null,
        };
        foreach (var name in (string[])["FAL_KEY", "FAL_KEY_SECRET", "FAL_ADMIN_KEY"]) console.HideKey(Environment.GetEnvironmentVariable(name));
        return console;
    }

    /// <summary>A string that is removed from all output of the console.</summary>
    public void Hide(string? secret)
    {
        // A word so short would tear holes into everything, and is no key.
        if (secret is { Length: >= 8 }) _secrets.Add(secret);
    }

    /// <summary>Hides a key, <c>id:secret</c>, and its secret.</summary>
    public void HideKey(string? key)
    {
        Hide(key);
        Hide(key?[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>A line for the person at the terminal.</summary>
    public void Say(string line) => Error.WriteLine(WithoutSecrets(line));

    /// <summary>Asks for a decision. Only <c>y</c> and <c>yes</c> are a yes.</summary>
    public bool Confirm(string question)
    {
        Error.Write(WithoutSecrets(question) + " [y/N] ");
        Error.Flush();
        return Answers?.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>An error in one line; all of it with --verbose.</summary>
    public void Fail(Exception fault)
    {
        var isExpected = fault is ToolException or IOException or UnauthorizedAccessException or Fal.FalException;
        var message = isExpected
            ? ToolException.ForTool(fault.Message)
            : $"unexpected fault: {fault.GetType().Name}: "
                + $"{fault.Message}{(IsVerbose ? "" : " (run again with --verbose and report what it says)")}";
        Say(ErrorPaint.Red("klinggen: error: ") + string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)));
        if (IsVerbose) Say(fault.ToString());
    }

    public string WithoutSecrets(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }
}
