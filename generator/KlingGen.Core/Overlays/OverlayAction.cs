using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Text;

namespace KlingGen.Overlays;

/// <summary>
/// One action on its way through a document: it follows the target's steps, changes what it finds there and rebuilds the way back. Depth
/// and the number of nodes touched are limited, since an overlay can multiply what its earlier actions have added.
/// </summary>
internal sealed class OverlayAction(SpecNode where, OverlayTarget target, SpecNode? update)
{
    private readonly List<OverlayProblem> _problems = [];
    private readonly int _updateSize = update is null ? 1 : Size(update);
    private int _found;
    private int _deepest;
    private int _allowance;
    private bool _tooMuch;

    /// <summary>
    /// The changed document, or the same one if there is a problem; takes what it touched from the allowance, which is
    /// below zero if that was not enough.
    /// </summary>
    public SpecNode Apply(SpecNode document, ICollection<OverlayProblem> problems, ref int allowance)
    {
        _allowance = allowance;
        var result = Follow(document, 0, 0);
        allowance = _allowance;
        if (_tooMuch)
        {
            problems.Add(new(OverlayProblemKind.TooMuch, where.Source, where.Range));
        }
        else if (_found == 0)
        {
            var missing = target.Steps[_deepest];
            var path = Characters.Show(where.Text.Substring(0, missing.Start + missing.Length));
            problems.Add(new(OverlayProblemKind.TargetNotFound, where.Source, Overlay.Inside(where, missing.Start, missing.Length), path));
        }
        else
        {
            foreach (var problem in _problems) problems.Add(problem);
        }

        return _tooMuch || _problems.Count > 0 || result is null ? document : result;
    }

    // Null means that the node was removed.
    private SpecNode? Follow(SpecNode node, int step, int depth)
    {
        if (IsTooMuch(1, depth)) return node;
        if (step == target.Steps.Count)
        {
            _found++;
            if (update is null) return null;
            return IsTooMuch(_updateSize, depth) ? node : Merge(node, update, depth);
        }

        if (step > _deepest) _deepest = step;
        return node.Kind switch
        {
            JsonKind.Object => FollowMembers(node, step, depth),
            JsonKind.Array => FollowItems(node, step, depth),
            _ => node,
        };
    }

    private SpecNode FollowMembers(SpecNode node, int step, int depth)
    {
        var members = node.Members;
        List<JsonMember>? changed = null;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            var value = FollowChild(member.Value, step, depth, IsMeant(target.Steps[step], member.Name));
            if (changed is null && !ReferenceEquals(value, member.Value)) changed = [.. Before(members, i)];
            if (value is not null) changed?.Add(ReferenceEquals(value, member.Value) ? member : Renew(member, value));
        }

        return changed is null ? node : SpecNode.Object(changed.ToArray(), node.Range, node.Source);
    }

    private SpecNode FollowItems(SpecNode node, int step, int depth)
    {
        var items = node.Items;
        List<SpecNode>? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var item = FollowChild(items[i], step, depth, IsMeant(target.Steps[step], i, items.Length));
            if (changed is null && !ReferenceEquals(item, items[i])) changed = [.. Before(items, i)];
            if (item is not null) changed?.Add(item);
        }

        return changed is null ? node : SpecNode.Array(changed.ToArray(), node.Range, node.Source);
    }

    // Children first, so that an action never matches the nodes that it adds.
    private SpecNode? FollowChild(SpecNode child, int step, int depth, bool isMeant)
    {
        var result = target.Steps[step].Anywhere ? Follow(child, step, depth + 1) : child;
        return isMeant && result is not null ? Follow(result, step + 1, depth + 1) : result;
    }

    private SpecNode Merge(SpecNode old, SpecNode added, int depth)
    {
        if (IsTooMuch(1, depth)) return old;
        switch (old.Kind)
        {
            case JsonKind.Object when added.IsObject:
                return MergeMembers(old, added, depth);
            case JsonKind.Array:
                return SpecNode.Array([.. old.Items, .. added.IsArray ? added.Items : [added]], old.Range, old.Source);
            case not JsonKind.Object when added.Kind is not (JsonKind.Object or JsonKind.Array):
                return added;
            default:
                _problems.Add(new(OverlayProblemKind.Incompatible, added.Source, added.Range, old.IsObject ? "an object" : "a single value"));
                return old;
        }
    }

    private SpecNode MergeMembers(SpecNode old, SpecNode added, int depth)
    {
        if (IsTooMuch(old.Members.Length, depth)) return old;
        var members = new List<JsonMember>(old.Members.Length + added.Members.Length);
        foreach (var member in old.Members)
        {
            if (!added.TryGetMember(member.Name, out var other)) members.Add(member);
            else if (member.Value.IsArray && !other.Value.IsArray) members.Add(Mismatch(member, other.Value));
            else members.Add(MergeMember(member, other, depth));
        }

        foreach (var member in added.Members)
        {
            if (old.Get(member.Name) is null) members.Add(member);
        }

        return SpecNode.Object(members.ToArray(), old.Range, old.Source);
    }

    private JsonMember MergeMember(JsonMember old, JsonMember added, int depth)
    {
        var value = Merge(old.Value, added.Value, depth + 1);
        return ReferenceEquals(value, added.Value) ? added : new(old.Name, old.NameRange, value);
    }

    private JsonMember Mismatch(JsonMember member, SpecNode other)
    {
        _problems.Add(new(OverlayProblemKind.Incompatible, other.Source, other.Range, "an array"));
        return member;
    }

    // The range of a name is in the text of its value; a value without a name uses its own range.
    private static JsonMember Renew(JsonMember member, SpecNode value)
        => new(member.Name, value.Source == member.Value.Source ? member.NameRange : value.Range, value);

    private bool IsTooMuch(int work, int depth)
    {
        if (!_tooMuch) _allowance -= work;
        return _tooMuch |= _allowance < 0 || depth > JsonReader.MaxDepth;
    }

    private static bool IsMeant(in OverlayStep step, string name)
        => step.Kind == OverlayStepKind.All || (step.Kind == OverlayStepKind.Name && step.Name == name);

    private static bool IsMeant(in OverlayStep step, int index, int count)
        => step.Kind == OverlayStepKind.All || (step.Kind == OverlayStepKind.Index && (step.Index == index || step.Index + count == index));

    private static IEnumerable<T> Before<T>(T[] all, int end)
    {
        for (var i = 0; i < end; i++) yield return all[i];
    }

    private static int Size(SpecNode node)
    {
        var size = 1;
        foreach (var member in node.Members) size += Size(member.Value);
        foreach (var item in node.Items) size += Size(item);
        return size;
    }
}
