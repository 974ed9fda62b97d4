using Fal.Wire;

namespace Fal.Tests.Wire;

public class EnterObjectTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("7", "the number 7")]
    [InlineData("[]", "an array")]
    public void What_must_be_an_object_is_refused_if_it_is_not(string json, string found)
    {
        var fault = Assert.Throws<FalProtocolException>(() => Probe.Read(json, static (ref FalJsonReader reader) =>
        {
            reader.EnterObject();
            return null;
        }));
        Assert.Contains("expected an object, found " + found, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_is_entered() => Assert.Equal("dawn", Probe.Read("""{"light":"dawn"}""", static (ref FalJsonReader reader) =>
    {
        reader.EnterObject();
        var light = reader.NextMember() ? reader.String() : null;
        return reader.NextMember() ? null : light;
    }));
}
