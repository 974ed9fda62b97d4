using System.Reflection;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Schemas;

namespace KlingGen.Core.Tests.Specs;

/// <summary>The tables of constraints cover every property of the model, so that nothing derived from them forgets one.</summary>
public sealed class ConstraintTableTests
{
    public static TheoryData<string> ConstraintProperties() => Settable(typeof(Constraints));

    public static TheoryData<string> MediaProperties() => Settable(typeof(MediaConstraints));

    [Theory]
    [MemberData(nameof(ConstraintProperties))]
    public void Rows_cover_every_constraint(string name)
    {
        var changed = With(new Constraints(), name);
        if (name is nameof(Constraints.Media) or nameof(Constraints.Contains)) return;
        Assert.Contains(ConstraintTable.Rows, row => row.Get(changed) is not null);
        Assert.All(ConstraintTable.Rows.Where(row => row.Get(changed) is not null), row
            => Assert.Equal(changed, row.With(new Constraints(), row.Get(changed))));
    }

    [Fact]
    public void Groups_cover_every_row()
    {
        foreach (var row in ConstraintTable.Rows)
        {
            var constraints = row.With(new Constraints(), row.Form is ConstraintForm.Flag ? "true" : "2");
            Assert.Contains(ConstraintGroups.All, group => (group.Targets & row.Targets) != 0 && group.Arguments(constraints) is not null);
        }
    }

    [Theory]
    [MemberData(nameof(ConstraintProperties))]
    public void ShapeDigest_depends_on_every_constraint(string name)
        => Assert.NotEqual(Digest(new Constraints()), Digest(With(new Constraints(), name)));

    [Theory]
    [MemberData(nameof(MediaProperties))]
    public void ShapeDigest_depends_on_every_media_constraint(string name)
        => Assert.NotEqual(
            Digest(new Constraints { Media = new MediaConstraints() }),
            Digest(new Constraints { Media = With(new MediaConstraints(), name) }));

    [Fact]
    public void ShapeDigest_depends_on_every_row_of_the_media_table()
    {
        var digests = MediaConstraintTable.Rows
            .Select(row => Digest(new Constraints { Media = new MediaConstraints { Limits = new[] { new MediaLimit(row.Name, "1") } } }))
            .ToArray();
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Theory]
    [InlineData(nameof(PropertyModel.WireName), "b")]
    [InlineData(nameof(PropertyModel.Name), "B")]
    [InlineData(nameof(PropertyModel.IsRequired), true)]
    [InlineData(nameof(PropertyModel.IsDeprecated), true)]
    [InlineData(nameof(PropertyModel.FixedValue), "B")]
    [InlineData(nameof(PropertyModel.Type), TypeKind.Number)]
    [InlineData(nameof(PropertyModel.Default), "b")]
    public void ShapeDigest_depends_on_every_fact_of_a_property(string name, object value)
    {
        var property = Property(Constraints.None);
        var changed = property with { };
        object set = value switch
        {
            TypeKind kind => new TypeUse { Kind = kind },
            string text when name == nameof(PropertyModel.Default) => new ValueModel { Kind = TypeKind.Text, Text = text },
            _ => value,
        };
        typeof(PropertyModel).GetProperty(name)!.SetValue(changed, set);
        Assert.NotEqual(Digest(property), Digest(changed));
    }

    [Fact]
    public void Properties_have_a_case_except_their_documentation()
    {
        string[] cases =
        [
            nameof(PropertyModel.WireName), nameof(PropertyModel.Name), nameof(PropertyModel.IsRequired), nameof(PropertyModel.IsDeprecated),
            nameof(PropertyModel.FixedValue), nameof(PropertyModel.Type), nameof(PropertyModel.Default),
        ];
        var properties = typeof(PropertyModel).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);
        Assert.Equal(cases.Append(nameof(PropertyModel.Summary)).Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Narrow_keeps_what_both_permit()
    {
        var one = new Constraints { MinLength = 2, MaxLength = 10, Minimum = "0", Maximum = "10", MultipleOf = "2", Pattern = "a" };
        var other = new Constraints { MinLength = 1, MaxLength = 5, Minimum = "1e1", Maximum = "100", MultipleOf = "4", UniqueItems = true };
        var dropped = new List<string>();
        Assert.Equal(
            new Constraints { MinLength = 2, MaxLength = 5, Minimum = "1e1", Maximum = "10", MultipleOf = "4", Pattern = "a", UniqueItems = true },
            ConstraintTable.Narrow(one, other, dropped));
        Assert.Empty(dropped);
    }

    [Fact]
    public void Narrow_reports_what_one_keyword_cannot_express()
    {
        var dropped = new List<string>();
        var one = new Constraints { Pattern = "a", MultipleOf = "2" };
        Assert.Equal(one, ConstraintTable.Narrow(one, new Constraints { Pattern = "b", MultipleOf = "3" }, dropped));
        Assert.Equal(["pattern", "multipleOf"], dropped);
    }

    [Theory]
    [InlineData(null, "1", "10", null, "greater than 1, at most 10", "greater than 1 and at most 10")]
    [InlineData("1", null, null, "10", "at least 1, less than 10", "at least 1 and less than 10")]
    [InlineData("1", null, "10", null, "1 to 10", "between 1 and 10")]
    [InlineData(null, "1", null, "10", "greater than 1, less than 10", "greater than 1 and less than 10")]
    public void Words_state_the_lower_limit_first(string? minimum, string? above, string? maximum, string? below, string words, string message)
    {
        var constraints = new Constraints { Minimum = minimum, ExclusiveMinimum = above, Maximum = maximum, ExclusiveMaximum = below };
        var use = new TypeUse { Kind = TypeKind.Number, Constraints = constraints };
        Assert.Equal(words, Assert.Single(ConstraintGroups.ForType(use)).Words(constraints));
        var found = Assert.Single(ConstraintGroups.Check(constraints, TypeKind.Number, new ConstrainedValue.Number(99)));
        Assert.Equal($"must be {message}, not 99", found.Violation.Message);
    }

    [Fact]
    public void Widen_keeps_what_either_permits()
    {
        var dropped = new List<string>();
        var wide = ConstraintTable.Widen(new Constraints { Minimum = "1", Maximum = "10" }, new Constraints { Minimum = "0", Maximum = "1" },
            dropped);
        Assert.Equal(new Constraints { Minimum = "0", Maximum = "10" }, wide);
        Assert.Equal(["minimum", "maximum"], dropped);

        // Where one contains the other nothing is lost.
        dropped.Clear();
        Assert.Equal(Constraints.None, ConstraintTable.Widen(Constraints.None, new Constraints { Pattern = "a" }, dropped));
        Assert.Empty(dropped);
    }

    [Theory]
    [InlineData("0.5", null, "1", null)]
    [InlineData(null, "0.5", "1", null)]
    [InlineData("3", "3", "4", null)]
    [InlineData("-1.5", null, "-1", null)]
    [InlineData("1e3", null, "1000", null)]
    [InlineData("1e999999999", null, null, 60)]
    public void IntegerRange_is_exact(string? minimum, string? above, string? expected, int? powerOfTen)
    {
        var constraints = ConstraintTable.WithoutWeakerBound(new Constraints { Minimum = minimum, ExclusiveMinimum = above });
        var (min, max, _) = ConstraintTable.IntegerRange(constraints);
        Assert.Equal(powerOfTen is { } power ? System.Numerics.BigInteger.Pow(10, power)
            : System.Numerics.BigInteger.Parse(expected!, System.Globalization.CultureInfo.InvariantCulture), min);
        Assert.Null(max);
    }

    private static T With<T>(T record, string name)
        where T : class
    {
        var property = typeof(T).GetProperty(name)!;
        object sample = property.PropertyType switch
        {
            var type when type == typeof(int?) => 7,
            var type when type == typeof(string) => "7",
            var type when type == typeof(bool) => true,
            var type when type == typeof(MediaKind) => MediaKind.Video,
            var type when type == typeof(MediaConstraints) => new MediaConstraints { Kind = MediaKind.Image },
            var type when type == typeof(ContainsConstraint) => new ContainsConstraint("a", "A", 1),
            var type when type == typeof(EquatableArray<MediaLimit>) => (EquatableArray<MediaLimit>)new[] { new MediaLimit("MinWidth", "3") },
            _ => throw new InvalidOperationException("There is no sample of " + property.PropertyType),
        };
        property.SetValue(record, sample);
        return record;
    }

    private static TheoryData<string> Settable(Type record)
    {
        var names = new TheoryData<string>();
        foreach (var property in record.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
            names.Add(property.Name);
        return names;
    }

    private static PropertyModel Property(Constraints constraints) => new()
    {
        WireName = "a",
        Name = "A",
        Type = new TypeUse { Kind = TypeKind.Text, Constraints = constraints },
        IsRequired = false,
        IsDeprecated = false,
        FixedValue = null,
        Summary = null,
        Default = null,
    };

    private static ulong Digest(Constraints constraints) => Digest(Property(constraints));

    private static ulong Digest(PropertyModel property)
    {
        var model = new ObjectModel
        {
            Name = "T",
            Role = TypeRole.Input,
            Summary = null,
            Properties = new[] { property },
            Rules = EquatableArray<CrossFieldRule>.Empty,
            IsFile = false,
            Example = null,
        };
        return ShapeDigest.Stamp(new TypeModel[] { model })[0].Shape;
    }
}
