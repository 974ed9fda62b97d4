using System;
using System.Collections.Generic;

namespace KlingGen.Planning;

/// <summary>How a user walks to a client: <c>fal.KlingVideo().V1_6.Pro.ImageToVideo</c>.</summary>
internal static class ClientPath
{
    /// <summary>Every client's path, by the app's namespace and the client's class.</summary>
    public static IReadOnlyDictionary<(string Namespace, string ClassName), string> All(Plan plan)
    {
        var paths = new Dictionary<(string Namespace, string ClassName), string>();
        foreach (var file in plan.Files)
        {
            if (file is not HubFileModel hub) continue;
            var nodes = new Dictionary<string, HubNode>(StringComparer.Ordinal);
            foreach (var node in hub.Nodes) nodes[node.ClassName] = node;
            Walk(hub.Nodes[0], "fal." + hub.EntryName + "()", hub.App.Namespace, nodes, paths);
        }

        return paths;
    }

    private static void Walk(
        HubNode node,
        string path,
        string ns,
        Dictionary<string, HubNode> nodes,
        Dictionary<(string Namespace, string ClassName), string> paths)
    {
        paths[(ns, node.ClassName)] = path;
        foreach (var child in node.Children) Walk(nodes[child.ClassName], path + "." + child.Name, ns, nodes, paths);
    }
}
