namespace Fal.Tests.Transport;

/// <summary>Variables that point an unchanged app at an emulator.</summary>
public sealed class EnvironmentTests
{
    private static FalEnvironment With(params (string Name, string Value)[] variables)
        => new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    [Fact]
    public void Without_variables_the_address_is_fals_own()
    {
        var environment = With();
        environment.Check();
        Assert.False(environment.UsesHttp);
        Assert.Equal(new Uri("https://queue.fal.run"), environment.AddressOr(FalEnvironment.Queue, "https://queue.fal.run"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:7800", true)]
    [InlineData(" http://localhost:7800/ ", true)]
    [InlineData("https://[::1]:7800", false)]
    public void An_address_of_this_machine_is_used(string address, bool isHttp)
    {
        var environment = With((FalEnvironment.Queue, address));
        environment.Check();
        Assert.Equal(isHttp, environment.UsesHttp);
        Assert.Equal(new Uri(address.Trim()), environment.AddressOr(FalEnvironment.Queue, "https://queue.fal.run"));
    }

    [Theory]
    [InlineData("https://queue.example.com")]
    [InlineData("http://10.0.0.1:7800")]
    [InlineData("127.0.0.1:7800")]
    public void Another_host_is_refused_and_never_used(string address)
    {
        var environment = With((FalEnvironment.Rest, address));
        Assert.Contains(FalEnvironment.Rest, Assert.Throws<ArgumentException>(environment.Check).Message, StringComparison.Ordinal);
        Assert.Equal(new Uri("https://rest.fal.ai"), environment.AddressOr(FalEnvironment.Rest, "https://rest.fal.ai"));
    }
}
