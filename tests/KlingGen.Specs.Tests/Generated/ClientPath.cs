using System.Reflection;
using Fal;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>Walks from the client to an endpoint as a user would write it.</summary>
internal static class ClientPath
{
    /// <summary><c>fal.KlingVideo().V1_6.Pro.ImageToVideo</c></summary>
    public static string Text(string endpointId)
    {
        var id = endpointId.Split('/');
        return "fal." + Entry(id[1]).Name + "()" + string.Concat(id.Skip(2).Select(part => "." + Name(part)));
    }

    public static object Walk(FalClient fal, string endpointId)
    {
        var id = endpointId.Split('/');
        var node = Entry(id[1]).Invoke(null, [fal])!;
        foreach (var part in id.Skip(2)) node = node.GetType().GetProperty(Name(part))!.GetValue(node)!;
        return node;
    }

    private static MethodInfo Entry(string alias)
        => typeof(KlingVideoApp).Assembly.GetType("Fal." + Pascal(alias) + "App")!.GetMethod(Pascal(alias))!;

    private static string Name(string part) => char.IsDigit(part[0]) ? "Resolution" + Pascal(part) : Pascal(part);

    private static string Pascal(string part)
        => string.Concat(part.Replace("v1-5", "v1.5", StringComparison.Ordinal).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            .Replace('.', '_');
}
