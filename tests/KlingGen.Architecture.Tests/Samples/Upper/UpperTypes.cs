using KlingGen.Architecture.Tests.Samples.Lower;

namespace KlingGen.Architecture.Tests.Samples.Upper;

internal enum UpperKind
{
    None,
}

[Lower]
internal sealed class UpperType : LowerBase
{
    public List<LowerResult?> Results { get; } = [LowerHelper.Find()];
}
