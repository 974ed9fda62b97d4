using System;

namespace KlingGen.Specs;

/// <summary>Hands out strings for stretches of one text. Short ones that occur again and again, names above all, are made once.</summary>
internal sealed class JsonStrings(string text)
{
    private const int MaxShared = 32;
    private const int SlotBits = 8;

    // Each slot holds the string that came last: no probing, no growth, nothing that a hostile text could make slow.
    private readonly string?[] _slots = new string?[1 << SlotBits];

    public string Get(int start, int length)
    {
        if (length == 0) return "";
        if (length > MaxShared) return text.Substring(start, length);
        var hash = Hash(length, text[start], text[start + (length / 2)], text[start + length - 1]);
        ref var slot = ref _slots[hash >> (32 - SlotBits)];
        if (slot is { } shared && shared.Length == length && string.CompareOrdinal(text, start, shared, 0, length) == 0) return shared;
        return slot = text.Substring(start, length);
    }

    /// <summary>One of 64 bits for a name: names whose bits differ are different.</summary>
    public static ulong Bit(string name) => name.Length == 0 ? 1 : 1UL << (int)(Hash(name.Length, name[0], name[name.Length / 2], name[name.Length - 1]) >> 26);

    private static uint Hash(int length, char first, char middle, char last)
        => unchecked(((((uint)length * 0x9E3779B1u) ^ first) * 0x85EBCA6Bu ^ middle) * 0xC2B2AE35u ^ last) * 0x27D4EB2Fu;
}
