using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Fal;

/// <summary>
/// Binds options from configuration: the section, then the connection string, which overrides it, then <c>FAL_KEY</c> if
/// there is still no key.
/// </summary>
internal static class FalConfiguration
{
    /// <exception cref="OptionsValidationException">The connection string is invalid. The message does not contain
    /// it.</exception>
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
        // Environment variables and user secrets are part of a host's configuration.
        if (string.IsNullOrWhiteSpace(options.Key) && registration.ServiceKey is null) options.Key = configuration["FAL_KEY"];
    }
}
