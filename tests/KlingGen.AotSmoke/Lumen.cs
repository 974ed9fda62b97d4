using Fal;
using Fal.Wire;

namespace KlingGen.AotSmoke;

/// <summary>A request as the generator writes them.</summary>
public sealed partial record LumenRequest : IFalObject<LumenRequest>
{
    private static readonly FalMediaConstraints ImageLimits = new() { Kind = FalMediaKind.Image, MinWidth = 300, MinHeight = 300 };

    public required string Prompt { get; init; }

    public double? Guidance { get; init; }

    public FalMedia? ImageUrl { get; init; }

    public FalExtra? Extra { get; init; }

    static LumenRequest IFalObject<LumenRequest>.Read(ref FalJsonReader json)
    {
        string? prompt = null;
        double? guidance = null;
        FalMedia? imageUrl = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("prompt"u8)) prompt = json.String();
            else if (json.Is("guidance"u8)) guidance = json.Number();
            else if (json.Is("image_url"u8)) imageUrl = json.Media();
            else json.Skip();
        }

        return new() { Prompt = json.Required(prompt, "prompt"), Guidance = guidance, ImageUrl = imageUrl };
    }

    void IFalObject<LumenRequest>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.String("prompt"u8, Prompt);
        json.Number("guidance"u8, Guidance);
        json.Media("image_url"u8, ImageUrl);
        json.Extra(Extra);
        json.EndObject();
    }

    void IFalObject<LumenRequest>.Check(FalChecks checks)
    {
        checks.Required("prompt", Prompt);
        checks.Length("prompt", Prompt, min: 1, max: 500);
        checks.Pattern("prompt", Prompt, "^[^<]*$");
        checks.Number("guidance", Guidance, min: 0, max: 1);
        checks.Media("image_url", ImageUrl, ImageLimits);
    }

    public bool Equals(LumenRequest? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}

/// <summary>A result as the generator writes them.</summary>
public sealed partial record LumenResult : IFalObject<LumenResult>
{
    public required FalFile Clip { get; init; }

    public Int128? Seed { get; init; }

    static LumenResult IFalObject<LumenResult>.Read(ref FalJsonReader json)
    {
        FalFile? clip = null;
        Int128? seed = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("clip"u8)) clip = json.Object<FalFile>();
            else if (json.Is("seed"u8)) seed = json.Wide();
            else json.Skip();
        }

        return new() { Clip = json.Required(clip, "clip"), Seed = seed };
    }

    void IFalObject<LumenResult>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.Object("clip"u8, Clip);
        json.Wide("seed"u8, Seed);
        json.EndObject();
    }

    void IFalObject<LumenResult>.Check(FalChecks checks) => checks.Object("clip", Clip);

    public bool Equals(LumenResult? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}
