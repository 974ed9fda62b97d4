using System.CommandLine;
using System.CommandLine.Parsing;
using KlingGen.Checks;

namespace KlingGen.Cli.Commands;

/// <summary>Errors of a command line: unknown commands and options, missing arguments, values of another type.</summary>
internal static class UsageErrors
{
    /// <summary>The errors, each in one line; empty if the command line is valid.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed)
    {
        // The library takes '--sevrity' as the value of an argument or an option, so a misspelt option would be ignored or reported as a file.
        string[] options = [.. UnknownOptions(parsed)];
        if (options.Length > 0) return [.. options.Select(name => DescribeOption(name, parsed))];

        // A path or an id is never empty; the shell passes "" for a variable that is not set.
        if (parsed.Tokens.Any(token => token is { Type: TokenType.Argument, Value: "" }))
            return ["An argument is empty; a variable of the shell may not be set."];

        string[] unmatched = [.. parsed.UnmatchedTokens];
        if (unmatched.Length > 0) return [.. unmatched.Take(1).Select(word => DescribeWord(word, parsed.CommandResult.Command))];
        return [.. parsed.Errors.Select(error => Describe(error, parsed.CommandResult.Command)).Distinct()];
    }

    /// <summary>The command as it is typed, such as <c>klinggen batch run</c>.</summary>
    public static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = command.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("klinggen"));
    }

    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
        => parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value is ['-', '-', not '-', ..])
            .Select(token => token.Value.Split('=')[0]).Distinct();

    private static string DescribeOption(string name, ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Select(option => option.Name);
        return $"There is no option '{name}'{DidYouMean(name, known)}";
    }

    private static string DescribeWord(string word, Command command) => word.StartsWith('-') ? $"There is no option '{word}'."
        : command.Subcommands.Count > 0
            ? $"There is no command '{word}'{DidYouMean(word, command.Subcommands.Select(sub => sub.Name))}"
            : $"'{word}' is one argument too many.";

    private static string DidYouMean(string word, IEnumerable<string> names)
        => NearestName.Find(word, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    private static string Describe(ParseError error, Command command) => error.SymbolResult switch
    {
        { Tokens: [var token] } when Permitted(error) is { } values
            => $"{NameOf(error.SymbolResult)} must be one of {values}, not '{token.Value}'.",
        OptionResult { Tokens: [var token], Option: var option } when TypeName(option.ValueType) is { } type && !IsOwn(error)
            => $"{option.Name} takes {type}, not '{token.Value}'.",
        ArgumentResult { Tokens.Count: 0 } or CommandResult when command.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0)
            => "A required argument is missing: " + string.Join(' ', command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0)
                .Select(argument => $"<{argument.HelpName ?? argument.Name}>")) + ".",
        CommandResult when command.Subcommands.Count > 0
            => $"Name a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}.",
        _ => OneLine(error.Message),
    };

    /// <summary>Whether a validator of the tool wrote the message.</summary>
    private static bool IsOwn(ParseError error) => error.Message.StartsWith("--", StringComparison.Ordinal);

    /// <summary>The values that the library lists; null if the message is another one.</summary>
    private static string? Permitted(ParseError error)
    {
        const string List = "Must be one of: ";
        var message = OneLine(error.Message);
        return message.IndexOf(List, StringComparison.Ordinal) is >= 0 and var at ? message[(at + List.Length)..] : null;
    }

    private static string NameOf(SymbolResult symbol) => symbol switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Argument: var argument } => $"<{argument.HelpName ?? argument.Name}>",
        _ => "The value",
    };

    private static string? TypeName(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(int) ? "an integer" : type == typeof(decimal) ? "a number such as 2.5" : null;
    }

    private static string OneLine(string message) => string.Join(
        ' ', message.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace("' '", "', '", StringComparison.Ordinal);
}
