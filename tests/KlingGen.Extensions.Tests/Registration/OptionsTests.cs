using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fal.Tests.Registration;

public sealed class OptionsTests
{
    private const string Emulator = "http://127.0.0.1:7800";

    private static FalClientOptions Options(IServiceCollection services, string name = "")
    {
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<FalClientOptions>>().Get(name);
    }

    [Fact]
    public void The_connection_string_wins_over_the_section_member_by_member()
    {
        var services = Apps.With(
            ("Fal:Key", "section-id:section-secret"), ("Fal:RunAddress", "https://run.example"), ("Fal:AttemptTimeout", "00:00:07"),
            ("Fal:Retry:MaxRetries", "9"),
            ("ConnectionStrings:fal", $"Key={Apps.Key}; queueaddress={Emulator}"));
        services.AddFal();
        var options = Options(services);
        Assert.Equal((Apps.Key, new Uri(Emulator), new Uri("https://run.example")), (options.Key, options.QueueAddress, options.RunAddress));
        Assert.Equal((TimeSpan.FromSeconds(7), 9, true), (options.AttemptTimeout, options.Retry.MaxRetries, options.AllowHttpOnLoopback));
    }

    [Fact]
    public void FAL_KEY_is_the_last_place_to_look()
    {
        var services = Apps.With(("FAL_KEY", "env-id:env-secret"), ("Fal:RunAddress", "https://run.example"));
        services.AddFal();
        Assert.Equal("env-id:env-secret", Options(services).Key);
        services = Apps.With(("FAL_KEY", "env-id:env-secret"), ("ConnectionStrings:fal", Apps.Key));
        services.AddFal();
        Assert.Equal(Apps.Key, Options(services).Key);
    }

    [Fact]
    public void A_section_can_have_another_name_or_come_as_itself()
    {
        var services = Apps.With(("Services:Video:Key", Apps.Key));
        services.AddFal("Services:Video");
        Assert.Equal(Apps.Key, Options(services).Key);
        var values = new Dictionary<string, string?> { ["a:Key"] = Apps.Key };
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("a");
        services = new ServiceCollection();
        services.AddFal(section).Configure(options => options.UserAgent = "app/1");
        Assert.Equal((Apps.Key, "app/1"), (Options(services).Key, Options(services).UserAgent));
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("Key=")]
    [InlineData("hush-id:hush;Key=hush-id:hush")]
    [InlineData("Key=hush-id:hush;Key=hush-id:hush")]
    [InlineData("Password=hush-id:hush")]
    [InlineData("Key=hush-id:hush;QueueAddress=hush")]
    [InlineData("Server=hush;User Id=hush")]
    public void A_connection_string_that_cannot_be_read_stops_the_start_unseen(string text)
    {
        var services = Apps.With(("ConnectionStrings:fal", text), ("Fal:Key", Apps.Key));
        services.AddFal();
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(provider.Start);
        Assert.Contains("connection string 'fal'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Key=<id>:<secret>", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fal:Key", "no-colon-hush", "FalClientOptions.Key")]
    [InlineData("ConnectionStrings:fal", "Key=no-colon-hush", "FalClientOptions.Key")]
    [InlineData("Fal:AdminKey", "no-colon-hush", "FalClientOptions.AdminKey")]
    [InlineData("Fal:QueueAddress", "http://queue.example", "FalClientOptions.QueueAddress")]
    [InlineData("Fal:Retry:MaxRetries", "-1", "FalRetryOptions.MaxRetries")]
    [InlineData("Fal:Uploads:PartSize", "1", "FalUploadSettings.PartSize")]
    public void Options_that_cannot_work_stop_the_start_by_name(string path, string value, string named)
    {
        var services = Apps.With(("FAL_KEY", Apps.Key), (path, value));
        services.AddFal();
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(provider.Start);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_work_let_the_host_start()
    {
        var services = Apps.With(("Fal:Key", Apps.Key), ("Fal:TeamB:Key", "b-id:b-secret"));
        services.AddFal();
        services.AddKeyedFal("team-b", "Fal:TeamB");
        using var provider = services.BuildServiceProvider();
        provider.Start();
    }

    [Fact]
    public void A_keyed_client_without_a_key_stops_the_start()
    {
        var services = Apps.With(("FAL_KEY", Apps.Key), ("Fal:Key", Apps.Key));
        services.AddFal();
        services.AddKeyedFal("team-b", "Fal:TeamB");
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(provider.Start);
        Assert.Contains("'team-b' has no key", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Fal:TeamB:Key'", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<FalClient>("team-b"));
    }

    [Fact]
    public void The_connection_string_of_a_keyed_client_has_its_name()
    {
        var services = Apps.With(("ConnectionStrings:team-b", Apps.Key), ("ConnectionStrings:fal", "a-id:a-secret"));
        services.AddKeyedFal("team-b", "Fal:TeamB");
        Assert.Equal(Apps.Key, Options(services, "team-b").Key);
    }

    [Fact]
    public void A_second_AddFal_with_another_section_is_a_mistake()
    {
        var services = Apps.With();
        services.AddFal();
        services.AddFal();
        Assert.Single(services, service => service.ServiceType == typeof(FalClient));
        Assert.Contains("AddKeyedFal", Assert.Throws<InvalidOperationException>(() => services.AddFal("Other")).Message, StringComparison.Ordinal);
    }
}
