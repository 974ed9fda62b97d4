using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fal;

/// <summary>
/// Validates the options of one client like the client itself, so that an invalid option or a missing key stops the host at
/// startup. The messages are those of the client. No message contains a key.
/// </summary>
internal sealed class FalOptionsValidator(FalRegistration registration, IServiceProvider provider) : IValidateOptions<FalClientOptions>
{
    public ValidateOptionsResult Validate(string? name, FalClientOptions options)
    {
        if (name != registration.OptionsName) return ValidateOptionsResult.Skip;
        var hasKey = !string.IsNullOrWhiteSpace(options.Key);
        try
        {
            // With a key provider, tenants have their own keys, and the default client needs none.
            if (!hasKey && HasKeyProvider) options.Validate();
            else if (!hasKey && registration.ServiceKey is not null) return ValidateOptionsResult.Fail(NoKey);
            else new FalClient(options).Dispose();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException ex)
        {
            return ValidateOptionsResult.Fail(hasKey ? ex.Message : $"{ex.Message} {Places}");
        }
    }

    private bool HasKeyProvider => registration.ServiceKey is null
        ? provider.GetService<IServiceProviderIsService>()?.IsService(typeof(IFalKeyProvider)) == true
        : provider.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IFalKeyProvider), registration.ServiceKey) == true;

    private string NoKey
        => $"The keyed fal client '{registration.ServiceKey}' has no key, and does not take the default client's from FAL_KEY. {Places}";

    private string Places
        => $"In configuration the key is '{registration.SectionName}:Key', or a part of the connection string '{registration.ConnectionName}'.";
}
