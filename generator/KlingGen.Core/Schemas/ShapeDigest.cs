using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>
/// Gives each type a digest of what it is, together with all types that it leads to: two documents whose types have one name and
/// one digest share one C# type. Documentation and examples do not count.
/// </summary>
internal static class ShapeDigest
{
    private const ulong Spread = 0x9E3779B97F4A7C15UL;

    public static EquatableArray<TypeModel> Stamp(EquatableArray<TypeModel> types)
    {
        var digests = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var digest = new Digest();
            Write(type, digest);
            digests[type.Name] = digest;
        }

        var components = new Components(digests);
        var stamped = new TypeModel[types.Count];
        for (var i = 0; i < stamped.Length; i++)
        {
            var own = unchecked(digests[types[i].Name].Value * Spread);
            stamped[i] = types[i] with { Shape = unchecked(own + components.DigestOf(types[i].Name)) };
        }

        return stamped;
    }

    private static void Write(TypeModel type, Digest digest)
    {
        digest.Add(type.Name);
        switch (type)
        {
            case ObjectModel model:
                digest.Add(model.IsFile).Add(model.IsOpen).Add(model.Properties.Count);
                foreach (var property in model.Properties)
                {
                    var before = digest.StartPart();
                    Write(property, digest);
                    digest.EndPart(before);
                }

                // Rules are few, and their own hash would differ between processes.
                foreach (var rule in model.Rules) digest.Add(rule.ToDigestText());
                foreach (var capability in model.Capabilities) digest.Add((int)capability.Capability).Add(capability.WireName);
                break;
            case EnumModel model:
                digest.Add((int)model.Kind);
                foreach (var value in model.Values)
                {
                    var before = digest.StartPart();
                    digest.Add(value.Name).Add(value.Wire);
                    digest.EndPart(before);
                }

                break;
            case UnionModel model:
                digest.Add(model.Discriminator);
                foreach (var branch in model.Branches)
                {
                    digest.Add(branch.Name).Add(branch.Tag);
                    Write(branch.Type, digest);
                }

                break;
        }
    }

    private static void Write(PropertyModel property, Digest digest)
    {
        digest.Add(property.WireName).Add(property.Name).Add(property.IsRequired).Add(property.IsDeprecated).Add(property.FixedValue);
        Write(property.Type, digest);
        Write(property.Default, digest);
    }

    private static void Write(TypeUse use, Digest digest)
    {
        digest.Add((int)use.Kind).Add(use.Name).Add(use.IsNullable);
        if (use.Name is not null) digest.LeadsTo.Add(use.Name);
        if (use.Element is not null) Write(use.Element, digest);
        Write(use.Constraints, digest);
    }

    private static void Write(Constraints constraints, Digest digest)
    {
        if (ReferenceEquals(constraints, Constraints.None)) return;
        foreach (var row in ConstraintTable.Rows) digest.Add(row.Get(constraints));
        if (constraints.Media is { } media)
        {
            digest.Add((int)media.Kind).Add(media.Extensions);
            foreach (var limit in media.Limits) digest.Add(limit.Name).Add(limit.Value);
        }

        if (constraints.Contains is { } contains) digest.Add(contains.Property).Add(contains.Name).Add(contains.MaxCount);
    }

    private static void Write(ValueModel? value, Digest digest)
    {
        if (value is null)
        {
            digest.Add(-1);
            return;
        }

        // The JSON of an object depends on the order of its members, which means nothing; they follow one by one.
        digest.Add((int)value.Kind).Add(value.Members.Count > 0 ? null : value.Text);
        foreach (var item in value.Items) Write(item, digest);
        foreach (var member in value.Members)
        {
            digest.Add(member.Name);
            Write(member.Value, digest);
        }
    }

    /// <summary>FNV-1a: the same in every process, which the runtime's own string hash is not.</summary>
    private sealed class Digest
    {
        private const ulong Start = 14695981039346656037UL;

        private ulong _ordered = Start;
        private ulong _unordered;

        public ulong Value => unchecked(_ordered + _unordered);

        /// <summary>Gets the names of the types that this one mentions.</summary>
        public List<string> LeadsTo { get; } = new();

        [MethodImpl(HotLoop.Options)]
        public Digest Add(string? text)
        {
            if (text is null) return Add(-2);
            foreach (var c in text) Mix(c);
            return Add(text.Length);
        }

        public Digest Add(int? number)
        {
            var value = number ?? int.MinValue;
            Mix((uint)value & 0xFFFF);
            Mix((uint)value >> 16);
            return this;
        }

        public Digest Add(bool flag) => Add(flag ? 1 : 0);

        /// <summary>Starts a part whose position among the other parts means nothing.</summary>
        /// <returns>What <see cref="EndPart"/> takes.</returns>
        public ulong StartPart()
        {
            var before = _ordered;
            _ordered = Start;
            return before;
        }

        /// <summary>Adds the part that was started last.</summary>
        public void EndPart(ulong before)
        {
            _unordered = unchecked(_unordered + (_ordered * Spread));
            _ordered = before;
        }

        private void Mix(uint part) => _ordered = unchecked((_ordered ^ part) * 1099511628211UL);
    }

    /// <summary>
    /// Tarjan's strongly connected components of the types: types that lead to each other have one digest, which covers every component below it.
    /// Each type and each mention is visited once, so that a document of thousands of connected types is stamped in linear time.
    /// </summary>
    private sealed class Components
    {
        private readonly Dictionary<string, Digest> _digests;
        private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
        private readonly Stack<Node> _path = new();
        private readonly Stack<Node> _unassigned = new();

        public Components(Dictionary<string, Digest> digests)
        {
            _digests = digests;
            foreach (var name in digests.Keys)
            {
                if (!_nodes.ContainsKey(name)) Visit(name);
            }
        }

        /// <summary>The digest of the component that a type belongs to.</summary>
        public ulong DigestOf(string name) => _nodes[name].Component!.Value;

        // Types nest as deep as documents like, so the walk keeps a stack of its own.
        private void Visit(string root)
        {
            Open(root);
            while (_path.Count > 0)
            {
                var node = _path.Peek();
                if (node.Next < node.LeadsTo.Count)
                {
                    var name = node.LeadsTo[node.Next++];
                    if (!_digests.ContainsKey(name)) continue;
                    if (!_nodes.TryGetValue(name, out var other)) Open(name);
                    else if (!other.IsAssigned) node.Lowest = Math.Min(node.Lowest, other.Index);
                    continue;
                }

                _path.Pop();
                if (_path.Count > 0) _path.Peek().Lowest = Math.Min(_path.Peek().Lowest, node.Lowest);
                if (node.Lowest == node.Index) Close(node);
            }
        }

        private void Open(string name)
        {
            var node = new Node(_nodes.Count, _digests[name]);
            _nodes.Add(name, node);
            _path.Push(node);
            _unassigned.Push(node);
        }

        /// <summary>All types above the root on the stack are its component. Sums do not depend on the order of the walk.</summary>
        private void Close(Node root)
        {
            var members = new List<Node>();
            do
            {
                members.Add(_unassigned.Pop());
            }
            while (!ReferenceEquals(members[members.Count - 1], root));

            var digest = 0UL;
            var below = new HashSet<Component>();
            foreach (var member in members)
            {
                member.IsAssigned = true;
                digest = unchecked(digest + (member.Own * Spread));
            }

            foreach (var member in members)
            {
                foreach (var name in member.LeadsTo)
                {
                    if (_nodes.TryGetValue(name, out var other) && other.Component is { } component) below.Add(component);
                }
            }

            foreach (var part in below) digest = unchecked(digest + ((part.Value ^ (part.Value >> 29)) * Spread));
            var own = new Component(digest);
            foreach (var member in members) member.Component = own;
        }

        private sealed class Node(int index, Digest digest)
        {
            public readonly int Index = index;
            public readonly ulong Own = digest.Value;
            public readonly List<string> LeadsTo = digest.LeadsTo;
            public int Lowest = index;

            /// <summary>The index of the next mention to follow.</summary>
            public int Next;

            public bool IsAssigned;

            /// <summary>The component; null until it is known.</summary>
            public Component? Component;
        }

        /// <summary>The digest of a component, by reference: a set of structs is compiled in each first run.</summary>
        private sealed class Component(ulong value)
        {
            public readonly ulong Value = value;
        }
    }
}
