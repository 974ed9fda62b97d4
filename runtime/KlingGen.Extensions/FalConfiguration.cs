using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Fal;

/// <summary>
/// Options from configuration: the section first, then what the connection string names, then <c>FAL_KEY</c> where there is no key yet.
/// </summary>
internal static class FalConfiguration
{
    /// <exception cref="OptionsValidationException">The connection string cannot be read. The message does not show it.</exception>
    public static void Apply(FalClientOptions options, FalRegistration registration, IConfiguration? configuration)
    {
        if ((registration.Section ?? configuration?.GetSection(registration.SectionName)) is { } section) section.Bind(options);
        if (configuration is null) return;
        if (configuration.GetConnectionString(registration.ConnectionName) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            if (!FalConnectionString.TryApply(text, options))
            {
                throw new OptionsValidationException(
                    registration.OptionsName,
                    typeof(FalClientOptions),
                    [$"The connection string '{registration.ConnectionName}' cannot be read. {FalConnectionString.Expected}"]);
            }
        }
        // The environment is part of a host's configuration, and so are user secrets.
        if (string.IsNullOrWhiteSpace(options.Key) && registration.ServiceKey is null) options.Key = configuration["FAL_KEY"];
    }
}
