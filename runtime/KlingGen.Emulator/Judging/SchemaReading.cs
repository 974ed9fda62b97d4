using NJsonSchema;

namespace Fal.Emulation;

/// <summary>
/// Has NJsonSchema read one schema at a time, wherever in the process: it keeps the names of its own members in a table without a lock, and of two first readings at once one can find a name missing.
/// </summary>
internal static class SchemaReading
{
    // Of the library, not ours: whoever links this file waits for the same turn.
    private static readonly object Turn = typeof(JsonSchema);

    public static JsonSchema Read(string json)
    {
        lock (Turn) return JsonSchema.FromJsonAsync(json).GetAwaiter().GetResult();
    }
}
