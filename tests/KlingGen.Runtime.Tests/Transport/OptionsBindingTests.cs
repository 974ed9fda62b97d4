using Fal.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace Fal.Tests.Transport;

/// <summary>
/// Options come from configuration by the binding source generator, which this project turns on: a warning of it is an error of the build, and code
/// that it emits is what runs here.
/// </summary>
public sealed class OptionsBindingTests
{
    private static readonly IConfigurationSection Section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Fal:Key"] = CanaryGuard.Key,
        ["Fal:QueueAddress"] = "https://queue.example/",
        ["Fal:UseBackupHosts"] = "true",
        ["Fal:AttemptTimeout"] = "00:00:07",
        ["Fal:Deadline"] = "00:10:00",
        ["Fal:MaxResultBytes"] = "1234",
        ["Fal:UserAgent"] = "app/1",
        ["Fal:Retry:MaxRetries"] = "9",
        ["Fal:Retry:BaseDelay"] = "00:00:03",
        ["Fal:Polling:Pace"] = "2.5",
        ["Fal:Polling:GiveUpAfter"] = "00:01:00",
        ["Fal:Uploads:ParallelParts"] = "7",
    }).Build().GetSection("Fal");

    [Fact]
    public void FalClientOptions_binds_with_the_source_generator()
    {
        var bound = new FalClientOptions();
        Section.Bind(bound);
        // The generator that the shared web framework of .NET 8 brings resets what the section leaves out when it creates the object itself.
        var isNet8 = Environment.Version.Major == 8;
        foreach (var options in isNet8 ? [bound] : new[] { bound, Section.Get<FalClientOptions>()! })
        {
            Assert.Equal((CanaryGuard.Key, new Uri("https://queue.example/"), "app/1"), (options.Key, options.QueueAddress, options.UserAgent));
            Assert.True(options.UseBackupHosts);
            Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(10)), (options.AttemptTimeout, options.Deadline));
            Assert.Equal(new FalRetryOptions { MaxRetries = 9, BaseDelay = TimeSpan.FromSeconds(3) }, options.Retry);
            Assert.Equal(new FalPolling { Pace = 2.5, GiveUpAfter = TimeSpan.FromMinutes(1) }, options.Polling);
            Assert.Equal((7, 1234), (options.Uploads.ParallelParts, options.MaxResultBytes));
            Assert.Equal(TimeSpan.FromMinutes(15), options.DirectRunTimeout);
            options.Validate();
            using var fal = new FalClient(options, _ => null);
            Assert.Equal("FalClient (queue.example)", fal.ToString());
        }
    }

    [Fact]
    public void Binding_does_not_change_what_other_clients_share()
    {
        var options = new FalClientOptions { Retry = FalRetryOptions.None };
        Section.Bind(options);
        Assert.Equal(9, options.Retry.MaxRetries);
        Assert.Equal(0, FalRetryOptions.None.MaxRetries);
    }

    [Fact]
    public void A_client_does_not_see_options_that_change_after_it_was_made()
    {
        var options = new FalClientOptions { Key = CanaryGuard.Key };
        using var fal = new FalClient(options, _ => null);
        options.Retry.MaxRetries = 99;
        options.Polling.Pace = 99;
        options.Uploads.ParallelFiles = 9;
        Assert.Equal((4, 0.5, 4), (fal.Options.Retry.MaxRetries, fal.Options.Polling.Pace, fal.Options.Uploads.ParallelFiles));
    }

    public static TheoryData<string, Action<FalClientOptions>> Wrong() => new()
    {
        { "QueueAddress", options => options.QueueAddress = new Uri("http://queue.example") },
        { "MaxResultBytes", options => options.MaxResultBytes = 0 },
        { "MaxResultBytes", options => options.MaxResultBytes = 1L << 31 },
        { "AttemptTimeout", options => options.AttemptTimeout = TimeSpan.Zero },
        { "MaxRetries", options => options.Retry.MaxRetries = -1 },
        { "PartSize", options => options.Uploads.PartSize = 1 },
        { "HttpHandler", options => options.HttpHandler = new SocketsHttpHandler() },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_names_the_option_and_needs_no_key(string name, Action<FalClientOptions> change)
    {
        var options = new FalClientOptions();
        options.Validate();
        change(options);
        Assert.Contains(name, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
