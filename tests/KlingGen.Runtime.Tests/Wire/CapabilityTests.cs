using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>A generic method over the capability interfaces, with a request as it is emitted.</summary>
public sealed class CapabilityTests
{
    private static readonly FalEnumTable<Length> Lengths = new("5", "10");

    private enum Length
    {
        Five = 1,
        Ten,
    }

    [Fact]
    public void Every_capability_can_be_read_and_replaced_by_a_generic_method()
    {
        var request = Change(Create<Request>("a"));
        Assert.Equal(("b", "blur", Length.Ten, true, "1:1"), (request.Text, request.Negative, request.Long, request.Sound, request.Ratio));
        Assert.Equal((FalMedia.FromUrl("https://example.com/1"), FalMedia.FromUrl("https://example.com/2")), (request.First, request.Last));
        Assert.Throws<ArgumentNullException>(() => Without(request));
    }

    [Fact]
    public void A_result_gives_its_video()
    {
        IFalVideoResult result = new Result { Video = new FalFile { Url = "https://example.com/a.mp4" } };
        Assert.Equal("https://example.com/a.mp4", result.Video.Url);
    }

    [Fact]
    public void FalEnumTable_finds_values_by_seconds()
    {
        Assert.Equal((Length.Five, Length.Ten), (Lengths.FromSeconds(5), Lengths.Nearest(TimeSpan.FromSeconds(60))));
        Assert.Equal([Length.Five, Length.Ten], Lengths.All);
        Assert.Equal(["5", "10"], Lengths.Wires);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lengths.FromSeconds(7));
    }

    private static T Create<T>(string prompt)
        where T : IFalVideoRequest<T>, IFalImageToVideoRequest<T>
    {
        Assert.Equal(prompt, Text(T.Create(prompt, "https://example.com/0")));
        return Make<T>(prompt);
    }

    private static T Make<T>(string prompt)
        where T : IFalVideoRequest<T> => T.Create(prompt);

    private static string? Text<T>(T request)
        where T : IHasPrompt<T> => request.Prompt;

    private static T Without<T>(T request)
        where T : IHasPrompt<T> => request.WithPrompt(null);

    private static T Change<T>(T request)
        where T : IHasPrompt<T>, IHasNegativePrompt<T>, IHasStartFrame<T>, IHasEndFrame<T>, IHasDuration<T>, IHasAudio<T>, IHasAspectRatio<T>
    {
        var changed = request.WithPrompt("b").WithNegativePrompt("blur").WithStartFrame("https://example.com/1").WithEndFrame("https://example.com/2")
            .WithDuration(TimeSpan.FromSeconds(10)).WithAudio(true).WithAspectRatio("1:1");
        Assert.Equal(("b", "blur", true, "1:1"), (changed.Prompt, changed.NegativePrompt, changed.Audio, changed.AspectRatio));
        Assert.Equal((TimeSpan.FromSeconds(10), true, true), (changed.Duration, changed.StartFrame is not null, changed.EndFrame is not null));
        return changed;
    }

    private sealed record Request : IFalVideoRequest<Request>, IFalImageToVideoRequest<Request>, IHasNegativePrompt<Request>, IHasEndFrame<Request>,
        IHasAudio<Request>, IHasAspectRatio<Request>
    {
        public required string Text { get; init; }

        public string? Negative { get; init; }

        public FalMedia? First { get; init; }

        public FalMedia? Last { get; init; }

        public Length? Long { get; init; }

        public bool? Sound { get; init; }

        public string? Ratio { get; init; }

        string? IHasPrompt<Request>.Prompt => Text;

        string? IHasNegativePrompt<Request>.NegativePrompt => Negative;

        FalMedia? IHasStartFrame<Request>.StartFrame => First;

        FalMedia? IHasEndFrame<Request>.EndFrame => Last;

        TimeSpan? IHasDuration<Request>.Duration => Lengths.DurationOf(Long);

        bool? IHasAudio<Request>.Audio => Sound;

        string? IHasAspectRatio<Request>.AspectRatio => Ratio;

        static Request IFalVideoRequest<Request>.Create(string prompt) => new() { Text = prompt };

        static Request IFalImageToVideoRequest<Request>.Create(string prompt, FalMedia startFrame) => new() { Text = prompt, First = startFrame };

        Request IHasPrompt<Request>.WithPrompt(string? prompt) => this with { Text = prompt ?? throw new ArgumentNullException(nameof(prompt)) };

        Request IHasNegativePrompt<Request>.WithNegativePrompt(string? negativePrompt) => this with { Negative = negativePrompt };

        Request IHasStartFrame<Request>.WithStartFrame(FalMedia? startFrame) => this with { First = startFrame };

        Request IHasEndFrame<Request>.WithEndFrame(FalMedia? endFrame) => this with { Last = endFrame };

        Request IHasDuration<Request>.WithDuration(TimeSpan? duration) => this with { Long = Lengths.FromDuration(duration) };

        Request IHasAudio<Request>.WithAudio(bool? audio) => this with { Sound = audio };

        Request IHasAspectRatio<Request>.WithAspectRatio(string? aspectRatio) => this with { Ratio = aspectRatio };
    }

    private sealed record Result : IFalVideoResult
    {
        public required FalFile Video { get; init; }
    }
}
