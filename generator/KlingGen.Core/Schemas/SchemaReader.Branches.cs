using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Schemas;

/// <content>
/// Union disambiguation: how the objects of a union are distinguished, by required properties where they decide, else by
/// properties of their own.
/// </content>
internal sealed partial class SchemaReader
{
    private static readonly string[] FileRequired = { "url" };
    private static readonly string[] FileMembers = { "url", "content_type", "file_name", "file_size", "file_data" };
    private static readonly string[] ImageMembers = { "url", "content_type", "file_name", "file_size", "file_data", "width", "height" };

    /// <summary>The wire names of an object's properties.</summary>
    /// <param name="Names">All of them.</param>
    /// <param name="Required">Those that must be there.</param>
    /// <param name="Model">Null for the runtime's files, and while the object itself is still being read.</param>
    private sealed record ObjectMembers(HashSet<string> Names, EquatableArray<string> Required, ObjectModel? Model);

    /// <summary>
    /// For each branch the properties that only its objects have, if its objects could be taken for those of a branch that is tested before;
    /// null if two branches cannot be distinguished.
    /// </summary>
    private List<EquatableArray<string>>? OwnMembers(List<TypeUse> uses, List<SpecNode> sources, List<string?> tags)
    {
        var members = new List<ObjectMembers>();
        for (var i = 0; i < uses.Count; i++) members.Add(MembersOf(uses[i], sources[i]));

        var result = new List<EquatableArray<string>>();
        for (var i = 0; i < uses.Count; i++)
        {
            result.Add(EquatableArray<string>.Empty);
            if (!IsObjectLike(uses[i]) || tags[i] is not null) continue;
            var rivals = new List<int>();
            for (var j = 0; j < uses.Count; j++)
            {
                if (j == i || !IsObjectLike(uses[j]) || !IsAskedBefore(members, j, i)) continue;
                if (members[i].Names.IsSupersetOf(members[j].Required)) rivals.Add(j);
            }

            if (rivals.Count == 0) continue;
            var own = new List<string>(members[i].Names);
            for (var j = 0; j < uses.Count; j++)
            {
                if (j != i && IsObjectLike(uses[j])) own.RemoveAll(members[j].Names.Contains);
            }

            // An object without any of them has only the others, and the rival that takes it must be able to hold those.
            if (!rivals.TrueForAll(rival => CanHold(members[rival], members[i], own))) return null;
            result[i] = own;
        }

        return result;
    }

    private ObjectMembers MembersOf(TypeUse use, SpecNode source)
    {
        if (use.Kind == TypeKind.File) return new ObjectMembers(new HashSet<string>(FileMembers), FileRequired, null);
        if (use.Kind == TypeKind.Image) return new ObjectMembers(new HashSet<string>(ImageMembers), FileRequired, null);
        var names = new HashSet<string>();
        var required = new List<string>();
        if (Find(use) is ObjectModel model)
        {
            foreach (var property in model.Properties)
            {
                names.Add(property.WireName);
                if (property.IsRequired) required.Add(property.WireName);
            }

            return new ObjectMembers(names, required, model);
        }

        if (use.Kind == TypeKind.Object && Follow(source) is { } schema && MergeAllOf(ref schema) is null && IsObject(schema))
        {
            var wanted = RequiredOf(schema);
            foreach (var property in InOrder(schema))
            {
                names.Add(property.Name);
                if (wanted.Contains(property.Name)) required.Add(property.Name);
            }
        }

        return new ObjectMembers(names, required, null);
    }

    private static bool IsObjectLike(TypeUse use) => use.Kind is TypeKind.Object or TypeKind.File or TypeKind.Image;

    /// <summary>The order of the emitted conditions: more required properties first, then the order of the document.</summary>
    private static bool IsAskedBefore(List<ObjectMembers> members, int one, int other)
    {
        var difference = members[one].Required.Count - members[other].Required.Count;
        return difference > 0 || (difference == 0 && one < other);
    }

    /// <summary>Whether one object has the properties of another with the same types, apart from the exceptions.</summary>
    private static bool CanHold(ObjectMembers one, ObjectMembers other, List<string> except)
    {
        foreach (var name in other.Names)
        {
            if (!one.Names.Contains(name) && !except.Contains(name)) return false;
        }

        if (one.Model is not { } holder || other.Model is not { } held) return true;
        foreach (var property in held.Properties)
        {
            foreach (var twin in holder.Properties)
            {
                if (twin.WireName == property.WireName && !IsSameShape(twin.Type, property.Type)) return false;
            }
        }

        return true;
    }

    private static bool IsSameShape(TypeUse one, TypeUse other)
        => one.Kind == other.Kind && one.Name == other.Name
            && (one.Element is null ? other.Element is null : other.Element is not null && IsSameShape(one.Element, other.Element));
}
