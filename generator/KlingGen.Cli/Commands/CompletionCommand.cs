using System.CommandLine;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>
/// Prints what a shell needs to complete our command lines. The scripts ask the tool itself through the
/// <c>[suggest]</c> directive.
/// </summary>
internal sealed class CompletionCommand : ToolCommand
{
    private const string Bash = """
        _klinggen() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(klinggen "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _klinggen klinggen
        """;

    private const string Zsh = """
        #compdef klinggen
        _klinggen() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a found
            found=("${(@f)$(klinggen "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if [[ -n ${found[1]} ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        if [[ ${funcstack[1]} == _klinggen ]]; then _klinggen "$@"; else compdef _klinggen klinggen; fi
        """;

    private const string Fish = """
        function __klinggen_complete
            set -l line (commandline -p)
            set -l at (commandline -C)
            klinggen "[suggest:$at]" "$line" 2>/dev/null
        end
        complete -c klinggen -a '(__klinggen_complete)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName klinggen -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            klinggen "[suggest:$cursorPosition]" "$commandAst" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh, fish or pwsh." };

    public CompletionCommand(ToolConsole console)
        : base(
            console,
            "completion",
            "Prints a script that completes command lines in a shell.",
            ("klinggen completion bash >> ~/.bashrc", "for every new shell"),
            ("klinggen completion pwsh | Out-String | Invoke-Expression", "for this PowerShell"))
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        Add(_shell);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var script = arguments.GetValue(_shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh };
        Console.Out.WriteLine(script);
        return Task.FromResult(ExitCode.Success);
    }
}
