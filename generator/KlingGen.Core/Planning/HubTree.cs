using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Naming;

namespace KlingGen.Planning;

/// <summary>
/// The tree of an app's clients. Every node is a class named after its whole path, whether it is an endpoint today or only leads to endpoints:
/// the day fal adds an endpoint in the middle, nothing is renamed.
/// </summary>
internal sealed class HubTree
{
    /// <summary>What the base class of a client has already.</summary>
    private static readonly HashSet<string> ClientMembers = new(StringComparer.Ordinal)
    {
        "Id", "EndpointId", "Client", "Check", "Resume", "SubmitAsync", "RunAsync", "RunDirectAsync", "StreamAsync", "Equals", "GetHashCode",
        "GetType", "ToString",
        "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    private readonly AppModel _app;
    private readonly NameSet _classes;
    private readonly Node _root;
    private readonly Dictionary<string, Node> _byEndpoint = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pathOfClass = new(StringComparer.Ordinal);
    private readonly List<PlanProblem> _problems;

    /// <param name="app">The app.</param>
    /// <param name="classes">The names of the app's types, which the clients leave alone.</param>
    /// <param name="problems">Takes a problem for each client whose name another one has.</param>
    public HubTree(AppModel app, NameSet classes, List<PlanProblem> problems)
    {
        _app = app;
        _classes = classes;
        _problems = problems;
        _root = new Node(app.Name, classes.Count(NameRules.Client(app, EquatableArray<string>.Empty, 0)), app.Id);
    }

    public bool IsEmpty => _byEndpoint.Count == 0;

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="document">The document that describes it, which diagnostics about its name are reported on.</param>
    /// <param name="referencedClient">The full name of its client if a referenced assembly has it.</param>
    public void Add(EndpointModel endpoint, SpecModel document, string? referencedClient)
    {
        var node = _root;
        var segments = endpoint.Id.Split('/');
        for (var depth = 0; depth < endpoint.Path.Count; depth++)
        {
            var segment = segments[segments.Length - endpoint.Path.Count + depth];
            if (!node.Children.TryGetValue(segment, out var child))
            {
                child = AddChild(node, segment, endpoint.Path[depth], NameRules.Client(_app, endpoint.Path, depth + 1), document);
            }

            node = child;
        }

        node.IsEndpoint = true;
        node.ReferencedClient = referencedClient;
        _byEndpoint[endpoint.Id] = node;
    }

    private Node AddChild(Node parent, string segment, string name, string className, SpecModel document)
    {
        var child = new Node(parent.NameOf(name), _classes.Count(className), parent.Path + "/" + segment);
        if (parent.ChildNamed(name) is { } other) Report(document, "'" + name + "'", other.Path, child.Path, child.Name);
        else if (_pathOfClass.TryGetValue(className, out var path)) Report(document, "class '" + className + "'", path, child.Path, child.ClassName);
        else _pathOfClass.Add(className, child.Path);
        parent.Children.Add(segment, child);
        return child;
    }

    private void Report(SpecModel document, string what, string owner, string path, string name)
    {
        var arguments = new[] { what, "'" + owner + "'", path, name };
        _problems.Add(new PlanProblem(SpecDiagnosticKind.NameTaken, document.Key, document.IsBundled, null, arguments));
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

        public Node? ChildNamed(string name)
        {
            foreach (var child in Children.Values)
            {
                if (child.Name == name) return child;
            }

            return null;
        }

        public string NameOf(string wish) => _names.Count(ClientMembers.Contains(wish) ? wish + "Endpoint" : wish);
    }
}
