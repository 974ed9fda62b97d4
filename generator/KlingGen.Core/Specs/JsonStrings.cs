using System;

namespace KlingGen.Specs;

/// <summary>Hands out strings for stretches of one text. Short ones that occur again and again, names above all, are made once.</summary>
internal sealed class JsonStrings(string text)
{
    private const int MaxShared = 32;
    private const int SlotBits = 7;

    // Each slot holds the string that came last: no probing, no growth, nothing that a hostile text could make slow.
    private readonly string?[] _slots = new string?[1 << SlotBits];

    public string Get(int start, int length) => Get(start, length, out _);

    /// <summary>The string and one of 64 bits for it: strings whose bits differ are different.</summary>
    public string Get(int start, int length, out ulong bit)
    {
        bit = 1;
        if (length == 0) return "";
        var hash = Hash(length, text[start], text[start + (length / 2)], text[start + length - 1]);
        bit = Bit(hash);
        if (length > MaxShared) return text.Substring(start, length);
        ref var slot = ref _slots[hash >> (32 - SlotBits)];
        if (slot is { } shared && shared.Length == length && string.CompareOrdinal(text, start, shared, 0, length) == 0) return shared;
        return slot = text.Substring(start, length);
    }

    /// <summary>The same bit for a string that was not cut from the text.</summary>
    public static ulong Bit(string value)
        => value.Length == 0 ? 1 : Bit(Hash(value.Length, value[0], value[value.Length / 2], value[value.Length - 1]));

    private static ulong Bit(uint hash) => 1UL << (int)(hash & 63);

    private static uint Hash(int length, char first, char middle, char last)
    {
        var hash = unchecked((((uint)length * 0x9E3779B1u) + first) * 0x85EBCA6Bu);
        hash = unchecked((hash + ((uint)middle << 16) + last) * 0xC2B2AE35u);
        return hash ^ (hash >> 15);
    }
}
