namespace Fal.Tests.Jobs;

/// <summary>The merge of wait options takes every property into account.</summary>
public sealed class WaitOptionsMergeTests
{
    public static TheoryData<string> Properties()
    {
        var names = new TheoryData<string>();
        foreach (var property in typeof(FalWaitOptions).GetProperties()) names.Add(property.Name);
        return names;
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void FalWaitOptions_merge_takes_every_property_from_either_side(string name)
    {
        var property = typeof(FalWaitOptions).GetProperty(name)!;
        var options = new FalWaitOptions();
        object sample = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            var type when type == typeof(TimeSpan) => TimeSpan.FromMinutes(3),
            var type when type == typeof(bool) => true,
            var type => Activator.CreateInstance(type)!,
        };
        property.SetValue(options, sample);
        Assert.Equal(sample, property.GetValue(options.WithDefaults(new FalWaitOptions())));
        Assert.Equal(sample, property.GetValue(new FalWaitOptions().WithDefaults(options)));
    }
}
