namespace KlingGen.Architecture.Tests.Samples.Lower;

internal class LowerBase;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class LowerAttribute : Attribute;

internal interface ILowerMarker;

internal sealed class LowerResult;

internal static class LowerHelper
{
    public static LowerResult? Find() => null;
}

internal sealed class LowerUser
{
    public Upper.UpperKind Kind { get; init; }
}
