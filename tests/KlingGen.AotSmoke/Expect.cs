namespace KlingGen.AotSmoke;

/// <summary>Expectations without a test framework, which would not survive trimming.</summary>
internal static class Expect
{
    public static int Count { get; private set; }

    public static void That(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException("Does not hold: " + what);
        Count++;
    }

    public static T Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T ex)
        {
            Count++;
            return ex;
        }

        throw new InvalidOperationException($"{typeof(T).Name} was not thrown.");
    }

    public static async Task<T> ThrowsAsync<T>(Func<Task> action)
        where T : Exception
    {
        try
        {
            await action();
        }
        catch (T ex)
        {
            Count++;
            return ex;
        }

        throw new InvalidOperationException($"{typeof(T).Name} was not thrown.");
    }
}
