using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Specs;

/// <summary>
/// Gives each type a digest of what it is, together with all types that it leads to: two documents whose types have one name and
/// one digest share one C# type. Documentation and examples do not count.
/// </summary>
internal static class ShapeDigest
{
    public static EquatableArray<TypeModel> Stamp(EquatableArray<TypeModel> types)
    {
        var digests = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var digest = new Digest();
            Write(type, digest);
            digests[type.Name] = digest;
        }

        var stamped = new TypeModel[types.Count];
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < stamped.Length; i++)
        {
            reached.Clear();
            Reach(types[i].Name, digests, reached);

            // A sum does not depend on the order in which a recursive shape is walked.
            var shape = unchecked(digests[types[i].Name].Value * 0x9E3779B97F4A7C15UL);
            foreach (var name in reached) shape = unchecked(shape + digests[name].Value);
            stamped[i] = types[i] with { Shape = shape };
        }

        return stamped;
    }

    private static void Reach(string root, Dictionary<string, Digest> digests, HashSet<string> reached)
    {
        var open = new Stack<string>();
        open.Push(root);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (!digests.TryGetValue(name, out var digest) || !reached.Add(name)) continue;
            foreach (var other in digest.LeadsTo) open.Push(other);
        }
    }

    private static void Write(TypeModel type, Digest digest)
    {
        digest.Add(type.Name);
        switch (type)
        {
            case ObjectModel model:
                digest.Add(model.IsFile).Add(model.IsOpen).Add(model.Properties.Count);
                foreach (var property in model.Properties) digest.AddUnordered(part => Write(property, part));

                // Rules are few, and their own hash would differ between processes.
                foreach (var rule in model.Rules) digest.Add(rule.ToDigestText());
                break;
            case EnumModel model:
                digest.Add((int)model.Kind);
                foreach (var value in model.Values) digest.AddUnordered(part => part.Add(value.Name).Add(value.Wire));
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
        private ulong _ordered = 14695981039346656037UL;
        private ulong _unordered;

        public ulong Value => unchecked(_ordered + _unordered);

        /// <summary>Gets the names of the types that this one mentions.</summary>
        public List<string> LeadsTo { get; } = new();

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

        /// <summary>Adds a part whose position among the other unordered parts means nothing.</summary>
        public void AddUnordered(Action<Digest> write)
        {
            var part = new Digest();
            write(part);
            LeadsTo.AddRange(part.LeadsTo);
            _unordered = unchecked(_unordered + (part.Value * 0x9E3779B97F4A7C15UL));
        }

        private void Mix(uint part) => _ordered = unchecked((_ordered ^ part) * 1099511628211UL);
    }
}
