using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Naming;

namespace KlingGen.Planning;

/// <summary>
/// Settles the names of an app's types. Types of one name and one shape are one type; where the shapes differ, each gets a name that says whose it
/// is, so that no document quietly changes what another one means.
/// </summary>
internal sealed class TypeNames
{
    // The types of one name, by the name that their documents give them.
    private readonly SortedList<string, List<Entry>> _rivals = new(StringComparer.Ordinal);

    /// <param name="appNamespace">The namespace of the app, below the root namespace.</param>
    /// <param name="documents">The documents of the app that are emitted.</param>
    /// <param name="problems">Receives names that documents disagree about.</param>
    /// <param name="references">The types of referenced assemblies: the same type is used from there, another type of the same name is named
    /// otherwise.</param>
    public TypeNames(string appNamespace, List<SpecModel> documents, List<PlanProblem> problems, ReferencedCode references)
    {
        foreach (var document in documents)
        {
            foreach (var type in document.Types)
            {
                if (!_rivals.TryGetValue(type.Name, out var rivals)) _rivals.Add(type.Name, rivals = new List<Entry>());
                if (Find(rivals, type) is { } entry)
                {
                    entry.Role |= type.Role;
                    entry.Users++;
                }
                else
                {
                    rivals.Add(new Entry(document, type) { Role = type.Role, Users = 1 });
                }
            }
        }

        var taken = new NameSet();
        foreach (var rivals in _rivals.Values)
        {
            if (rivals.Count == 1) taken.Reserve(rivals[0].Name);
        }

        foreach (var rivals in _rivals.Values)
        {
            if (rivals.Count > 1) Settle(rivals, taken, problems);
        }

        if (references.Types.Count > 0) UseReferences(appNamespace, documents, references, taken, problems);
    }

    public sealed class Entry
    {
        public Entry(SpecModel first, TypeModel type)
        {
            First = first;
            Name = type.Name;
            Shape = type.Shape;
            IsDerived = type.IsDerivedName;
            var member = type switch { EnumModel choice => choice.Owner, UnionModel choice => choice.Owner, _ => null };
            Owner = member is null ? null : member.Substring(0, member.IndexOf('.'));
        }

        /// <summary>The document whose words the type is documented with.</summary>
        public SpecModel First { get; }

        public string Name { get; set; }

        public ulong Shape { get; }

        public bool IsDerived { get; }

        /// <summary>The object whose member gave the type its name.</summary>
        public string? Owner { get; }

        public TypeRole Role { get; set; }

        /// <summary>The same type in a referenced assembly, which is then not emitted; null if there is none.</summary>
        public ReferencedType? Referenced { get; set; }

        /// <summary>How many documents use it.</summary>
        public int Users { get; set; }

        /// <summary>The type with its final names; the same instance if nothing changes, so that comparing models stays cheap.</summary>
        public TypeModel Final(TypeModel type) => type.Name == Name && type.Role == Role ? type : type with { Name = Name, Role = Role };
    }

    public Entry Get(TypeModel type) => Find(_rivals[type.Name], type)!;

    public bool Has(string name)
    {
        foreach (var rivals in _rivals.Values)
        {
            foreach (var entry in rivals)
            {
                if (entry.Name == name) return true;
            }
        }

        return false;
    }

    public NameSet Taken()
    {
        var taken = new NameSet();
        foreach (var rivals in _rivals.Values)
        {
            foreach (var entry in rivals) taken.Reserve(entry.Name);
        }

        return taken;
    }

    private void UseReferences(
        string appNamespace, List<SpecModel> documents, ReferencedCode references, NameSet taken, List<PlanProblem> problems)
    {
        foreach (var name in references.NamesIn(appNamespace)) taken.Reserve(name);
        foreach (var document in documents)
        {
            foreach (var type in document.Types)
            {
                var entry = Get(type);
                if (!ReferenceEquals(entry.First, document) || references.FindTypes(appNamespace + "." + entry.Name) is not { Count: > 0 } found)
                    continue;
                if (found.Count == 1 && found[0].Shape == ReferencedCode.ShapeOf(entry.Final(type)))
                {
                    entry.Referenced = found[0];
                    continue;
                }

                // Another type, or one that two references have, which no code can name: this project's own gets a name of its own.
                var plain = entry.Name;
                entry.Name = taken.Count(NameRules.Qualified(entry.First, plain));
                problems.Add(
                    new PlanProblem(SpecDiagnosticKind.NameConflict, document.Key, document.IsBundled, type.Name, new[] { plain, entry.Name }));
            }
        }
    }

    private static Entry? Find(List<Entry> rivals, TypeModel type)
    {
        foreach (var rival in rivals)
        {
            if (rival.Shape == type.Shape) return rival;
        }

        return null;
    }

    private static void Settle(List<Entry> rivals, NameSet taken, List<PlanProblem> problems)
    {
        var titled = rivals.FindAll(static rival => !rival.IsDerived);
        foreach (var rival in rivals)
        {
            var plain = rival.Name;

            // A name derived from a property gives way to a title without a diagnostic, because fal did not choose it.
            if (titled.Count == 1 && rivals.Count > 1)
            {
                rival.Name = rival.IsDerived
                    ? taken.Count(rivals.Count == 2 ? plain + "Value" : NameRules.Qualified(rival.First, plain))
                    : taken.Count(plain);
                continue;
            }

            rival.Name = taken.Count(NameRules.Qualified(rival.First, plain));

            // A conflict of the owners is reported already.
            if (rival.IsDerived && rivals.TrueForAll(other => other.Owner == rivals[0].Owner)) continue;
            problems.Add(
                new PlanProblem(SpecDiagnosticKind.NameConflict, rival.First.Key, rival.First.IsBundled, plain, new[] { plain, rival.Name }));
        }
    }
}
