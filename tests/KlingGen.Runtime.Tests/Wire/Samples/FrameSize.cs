#nullable enable

namespace Fal.Tests.Wire;

using global::System;
using global::System.Collections.Generic;
using global::System.Diagnostics.CodeAnalysis;
using global::Fal;
using global::Fal.Wire;

/// <summary>A union in the shape that the generator emits: a preset, a number, width and height, a circle, or a list.</summary>
public sealed partial class FrameSize : FalUnion, IFalObject<FrameSize>
{
    private FrameSize(object value)
        : base(value)
    {
    }

    public static implicit operator FrameSize(string preset) => new(preset);

    public static implicit operator FrameSize(long pixels) => new(pixels);

    public static implicit operator FrameSize(Rectangle rectangle) => new(rectangle);

    public static implicit operator FrameSize(Circle circle) => new(circle);

    public static implicit operator FrameSize(FalMedia reference) => new(reference);

    public static FrameSize FromList(IReadOnlyList<long> sides) => new(sides);

    public bool TryGetRectangle([NotNullWhen(true)] out Rectangle? rectangle) => (rectangle = Value as Rectangle) is not null;

    public TResult Match<TResult>(Func<object, TResult> any) => any(Value);

    static FrameSize IFalObject<FrameSize>.Read(ref FalJsonReader json)
    {
        switch (json.Kind)
        {
            case FalJsonKind.String:
                return new(json.Required(json.String(), "frame_size"));
            case FalJsonKind.Integer or FalJsonKind.Number:
                return new(json.Required(json.Integer(), "frame_size"));
            case FalJsonKind.Array:
                var sides = new List<long>();
                json.StartArray();
                while (json.NextElement()) sides.Add(json.Required(json.Integer(), "frame_size"));
                return new(sides);
            case FalJsonKind.Object when json.MemberText("type"u8) == "circle" || (!json.HasMember("width"u8) && json.HasMember("radius"u8)):
                return new(json.Required(json.Object<Circle>(), "frame_size"));
            default:
                return new(json.Required(json.Object<Rectangle>(), "frame_size"));
        }
    }

    void IFalObject<FrameSize>.Write(FalJsonWriter json)
    {
        switch (Value)
        {
            case string preset:
                json.StringValue(preset);
                break;
            case long pixels:
                json.IntegerValue(pixels);
                break;
            case FalMedia reference:
                json.MediaValue(reference);
                break;
            case IReadOnlyList<long> sides:
                json.StartArray();
                foreach (var side in sides) json.IntegerValue(side);
                json.EndArray();
                break;
            case Circle circle:
                json.ObjectValue(circle);
                break;
            default:
                json.ObjectValue((Rectangle)Value);
                break;
        }
    }

    void IFalObject<FrameSize>.Check(FalChecks checks)
    {
        if (Value is Rectangle rectangle) checks.Object("", rectangle);
        if (Value is IReadOnlyList<long> sides) checks.Each("", sides, static (c, index, side) => c.Integer(index, side, min: 1));
        if (Value is long pixels) checks.Integer("", pixels, min: 64);
    }
}

public sealed partial record Rectangle : IFalObject<Rectangle>
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    static Rectangle IFalObject<Rectangle>.Read(ref FalJsonReader json)
    {
        int? width = null, height = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("width"u8)) width = json.Int32();
            else if (json.Is("height"u8)) height = json.Int32();
            else json.Skip();
        }

        return new() { Width = json.Required(width, "width"), Height = json.Required(height, "height") };
    }

    void IFalObject<Rectangle>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.Integer("width"u8, Width);
        json.Integer("height"u8, Height);
        json.EndObject();
    }

    void IFalObject<Rectangle>.Check(FalChecks checks)
    {
        checks.Integer("width", Width, min: 64, max: 4096, multipleOf: 8);
        checks.Integer("height", Height, min: 64, max: 4096, multipleOf: 8);
    }

    public bool Equals(Rectangle? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}

public sealed partial record Circle : IFalObject<Circle>
{
    public required double Radius { get; init; }

    static Circle IFalObject<Circle>.Read(ref FalJsonReader json)
    {
        double? radius = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("radius"u8)) radius = json.Number();
            else json.Skip();
        }

        return new() { Radius = json.Required(radius, "radius") };
    }

    void IFalObject<Circle>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.Word("type"u8, "circle"u8);
        json.Number("radius"u8, Radius);
        json.EndObject();
    }

    void IFalObject<Circle>.Check(FalChecks checks) => checks.Number("radius", Radius, above: 0);

    public bool Equals(Circle? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}
