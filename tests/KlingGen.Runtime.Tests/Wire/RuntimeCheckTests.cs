using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class RuntimeCheckTests
{
    [Fact]
    public void FalChecks_checks_a_request_whose_type_is_not_known()
    {
        object wrong = new TextToClipRequest { Prompt = null! };
        Assert.Contains(FalChecks.Check(wrong), problem => problem.Path == "prompt");
        Assert.Empty(FalChecks.Check("no request"));
        Assert.Empty(FalChecks.Check(new FalFile { Url = "u" }));
    }
}
