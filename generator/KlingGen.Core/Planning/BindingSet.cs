using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Planning;

/// <summary>The declared types that one file mentions, each under the name it has there and the name it finally gets.</summary>
internal sealed class BindingSet
{
    private readonly SortedList<string, TypeBinding> _bindings = new(StringComparer.Ordinal);

    public void AddUsesOf(TypeModel type, SpecModel document, TypeNames names)
    {
        if (type is ObjectModel model)
        {
            foreach (var property in model.Properties)
            {
                Add(property.Type, document, names);
                AddUsesOf(property.Default, document, names);
            }

            foreach (var rule in model.Rules)
            {
                if (rule.ElementMember is { } added) Add(added.Type, document, names);
            }

            AddUsesOf(model.Example, document, names);
        }
        else if (type is UnionModel union)
        {
            foreach (var branch in union.Branches) Add(branch.Type, document, names);
        }

        // The documentation of a union names its property.
        var owner = type switch { EnumModel choice => choice.Owner, UnionModel choice => choice.Owner, _ => null };
        if (owner is not null) Add(new TypeUse { Kind = TypeKind.Object, Name = owner.Substring(0, owner.IndexOf('.')) }, document, names);
    }

    public void Add(TypeUse use, SpecModel document, TypeNames names)
    {
        if (use.Element is not null) Add(use.Element, document, names);
        if (use.Name is not { } local || _bindings.ContainsKey(local)) return;
        foreach (var type in document.Types)
        {
            if (type.Name != local) continue;
            var entry = names.Get(type);
            _bindings.Add(local, new TypeBinding(local, entry.Name, entry.Role, type is ObjectModel { HasDeprecatedMember: true }));
            return;
        }
    }

    // A value goes deeper than its member's type: it names the types inside that type as well.
    private void AddUsesOf(ValueModel? value, SpecModel document, TypeNames names)
    {
        if (value is null) return;
        if (value.Type is { } use) Add(use, document, names);
        foreach (var item in value.Items) AddUsesOf(item, document, names);
        foreach (var member in value.Members) AddUsesOf(member.Value, document, names);
    }

    /// <summary>Merges another set; fails if one name refers to different types.</summary>
    public bool TryAdd(BindingSet others)
    {
        foreach (var other in others._bindings)
        {
            if (_bindings.TryGetValue(other.Key, out var known) && known.Final != other.Value.Final) return false;
        }

        foreach (var other in others._bindings) _bindings[other.Key] = other.Value;
        return true;
    }

    public EquatableArray<TypeBinding> Sorted() => new List<TypeBinding>(_bindings.Values);
}
