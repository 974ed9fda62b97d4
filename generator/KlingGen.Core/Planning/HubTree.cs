using System;
using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Naming;

namespace KlingGen.Planning;

/// <summary>
/// The tree of an app's clients. Every node is a class that bears its whole path, whether it is an endpoint today or only leads to some:
/// the day fal adds an endpoint in the middle, nothing is renamed.
/// </summary>
internal sealed class HubTree
{
    /// <summary>What the base class of a client has already.</summary>
    private static readonly HashSet<string> ClientMembers = new(StringComparer.Ordinal)
    {
        "Id", "EndpointId", "Client", "Check", "Resume", "SubmitAsync", "RunAsync", "RunDirectAsync", "StreamAsync", "Equals", "GetHashCode", "GetType", "ToString",
        "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    private readonly AppModel _app;
    private readonly NameSet _classes;
    private readonly Node _root;
    private readonly Dictionary<string, Node> _byEndpoint = new(StringComparer.Ordinal);

    /// <param name="app">The app.</param>
    /// <param name="classes">The names of the app's types, which the clients leave alone.</param>
    public HubTree(AppModel app, NameSet classes)
    {
        _app = app;
        _classes = classes;
        _root = new Node(app.Name, classes.Count(NameRules.Client(app, EquatableArray<string>.Empty, 0)), app.Id);
    }

    public bool IsEmpty => _byEndpoint.Count == 0;

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="referencedClient">The full name of its client if a referenced assembly has it.</param>
    public void Add(EndpointModel endpoint, string? referencedClient = null)
    {
        var node = _root;
        var segments = endpoint.Id.Split('/');
        for (var depth = 0; depth < endpoint.Path.Count; depth++)
        {
            var segment = segments[segments.Length - endpoint.Path.Count + depth];
            if (!node.Children.TryGetValue(segment, out var child))
            {
                child = new Node(node.NameOf(endpoint.Path[depth]), _classes.Count(NameRules.Client(_app, endpoint.Path, depth + 1)), node.Path + "/" + segment);
                node.Children.Add(segment, child);
            }

            node = child;
        }

        node.IsEndpoint = true;
        node.ReferencedClient = referencedClient;
        _byEndpoint[endpoint.Id] = node;
    }

    public string ClassOf(string endpointId) => _byEndpoint[endpointId].ClassName;

    public EquatableArray<HubNode> Nodes()
    {
        var nodes = new List<HubNode>();
        Collect(_root, nodes);
        return nodes;
    }

    private static HubNode Collect(Node node, List<HubNode> nodes)
    {
        var children = new List<HubChild>();
        var at = nodes.Count;
        nodes.Add(null!);
        foreach (var child in node.Children.Values) children.Add(
            new HubChild(child.Name, child.ClassName, Collect(child, nodes).TypeName, child.Path));
        return nodes[at] = new HubNode(node.ClassName, node.Path, node.IsEndpoint, children, node.ReferencedClient);
    }

    private sealed class Node
    {
        private readonly NameSet _names = new(ClientMembers);

        public Node(string name, string className, string path)
        {
            Name = name;
            ClassName = className;
            Path = path;
            _names.Reserve(className);
        }

        public string Name { get; }

        public string ClassName { get; }

        public string Path { get; }

        public bool IsEndpoint { get; set; }

        public string? ReferencedClient { get; set; }

        public SortedList<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public string NameOf(string wish) => _names.Count(ClientMembers.Contains(wish) ? wish + "Endpoint" : wish);
    }
}
