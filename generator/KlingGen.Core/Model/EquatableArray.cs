using System;
using System.Collections;
using System.Collections.Generic;

namespace KlingGen.Model;

/// <summary>
/// A fixed list that compares by its elements. Every list in the model is one of these: an incremental step whose value
/// compares by reference would run again on every keystroke.
/// </summary>
/// <remarks>
/// A class, though a struct would save an object: the compiler's code for the driver's steps is compiled ahead for
/// reference types only, and each value type that passes through a step costs the first run of a process a hundred
/// methods.
/// </remarks>
internal sealed class EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    public static readonly EquatableArray<T> Empty = new(Array.Empty<T>());

    private readonly T[] _items;

    private EquatableArray(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public static implicit operator EquatableArray<T>(T[] items) => items.Length == 0 ? Empty : new(items);

    public static implicit operator EquatableArray<T>(List<T> items) => items.Count == 0 ? Empty : new(items.ToArray());

    public bool Equals(EquatableArray<T>? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
        {
            var mine = _items[i];
            if (mine is null ? other._items[i] is not null : !mine.Equals(other._items[i])) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EquatableArray<T>);

    public override string ToString() => "[" + string.Join(", ", _items) + "]";

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in _items) hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        return hash;
    }

    public Enumerator GetEnumerator() => new(_items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>A struct, so that walking a list of the model allocates nothing.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        public Enumerator(T[] items)
        {
            _items = items;
            _index = -1;
        }

        public readonly T Current => _items[_index];

        public bool MoveNext() => ++_index < _items.Length;
    }
}
