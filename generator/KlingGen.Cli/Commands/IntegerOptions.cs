using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KlingGen.Cli.Commands;

/// <summary>Ranges of options that take an integer.</summary>
internal static class IntegerOptions
{
    /// <summary>Restricts the values of an option.</summary>
    public static void LimitTo(this Option option, int least, int most) => option.Validators.Add(result =>
    {
        // Another type is reported by the library; reading the value of the result would throw before that.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
            && (value < least || value > most))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is a number from {least} to {most}."));
    });
}
