using Fal.Tests.Harness;
using Fal.Tests.Jobs;

namespace Fal.Tests.Transport;

/// <summary>How many bytes of an answer are taken from the connection, by kind of answer.</summary>
public sealed class MemoryBoundTests : CanaryTest
{
    private const int Chunk = 64 * 1024;
    private const int Mebibyte = 1024 * 1024;

    private long _taken;

    [Theory]
    [InlineData(FalCallKind.Cancel, Mebibyte)]
    [InlineData(FalCallKind.UploadInitiate, Mebibyte)]
    [InlineData(FalCallKind.UploadPart, Mebibyte)]
    [InlineData(FalCallKind.Read, 16 * Mebibyte)]
    [InlineData(FalCallKind.Result, 3 * Mebibyte)]
    [InlineData(FalCallKind.RunDirect, 3 * Mebibyte)]
    [InlineData(FalCallKind.RunStream, 3 * Mebibyte)]
    internal async Task A_success_is_taken_up_to_its_limit(FalCallKind kind, int limit)
    {
        using var fal = new TestFal(Canary, change: options => (options.MaxResultBytes, options.Retry) = (3 * Mebibyte, FalRetryOptions.None));
        fal.Handler.Then(Endless("application/json", 200));
        Assert.Equal(limit, (await Assert.ThrowsAsync<FalResponseTooLargeException>(() => SendAsync(fal, kind))).MaxBytes);
        Assert.InRange(_taken, limit, limit + 1 + Chunk);
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(FalCallKind.Cancel)]
    [InlineData(FalCallKind.UploadPart)]
    [InlineData(FalCallKind.Read)]
    [InlineData(FalCallKind.Result)]
    [InlineData(FalCallKind.RunDirect)]
    [InlineData(FalCallKind.RunStream)]
    [InlineData(FalCallKind.Events)]
    internal async Task Of_an_error_the_beginning_is_kept(FalCallKind kind)
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Then(Endless("text/plain", 422));
        using var response = await SendAsync(fal, kind);
        Assert.Equal(256 * 1024, BufferedContent.GetBody(response).Length);
        Assert.InRange(_taken, 256 * 1024, 256 * 1024 + Chunk);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4L * Mebibyte)]
    public async Task Of_the_answer_to_a_submit_the_beginning_is_kept(long? announced)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Endless("application/json", 200, announced));
        using var response = await fal.SubmitAsync();
        Assert.Equal(Mebibyte, BufferedContent.GetBody(response).Length);
        Assert.InRange(_taken, Mebibyte - Chunk, Mebibyte + Chunk);
        response.Dispose();
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(FalCallKind.Cancel)]
    [InlineData(FalCallKind.Result)]
    internal async Task An_announced_length_beyond_the_limit_is_refused_at_once(FalCallKind kind)
    {
        using var fal = new TestFal(Canary, change: options => (options.MaxResultBytes, options.Retry) = (3 * Mebibyte, FalRetryOptions.None));
        fal.Handler.Then(Endless("application/json", 200, length: 4L * Mebibyte));
        await Assert.ThrowsAsync<FalResponseTooLargeException>(() => SendAsync(fal, kind));
        Assert.Equal(0, _taken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    [InlineData(3 * Mebibyte)]
    public async Task An_answer_of_exactly_the_limit_is_whole(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        foreach (var announced in new long?[] { length, null })
        {
            using var fal = new TestFal(Canary, change: options => options.MaxResultBytes = 3 * Mebibyte);
            fal.Handler.Then(Replies.Body("application/json", 200, announced, [], Replies.Send(body)));
            using var response = await fal.ResultAsync();
            Assert.Equal(body, BufferedContent.GetBody(response).ToArray());
            Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_result_that_is_too_large_can_be_fetched_with_a_larger_limit()
    {
        var result = JobFixture.Result.Insert(1, "\"filler\":\"" + new string('x', 5000) + "\",");
        using var small = new JobFixture(Canary, change: options => options.MaxResultBytes = 4096);
        small.OnSubmit().OnStatus(JobFixture.Done()).OnResult(Replies.Json(result));
        var error = await Assert.ThrowsAsync<FalResponseTooLargeException>(() => small.Endpoint.RunAsync(JobFixture.Request));
        Assert.Equal((JobFixture.Id, JobFixture.RequestId, 4096), (error.EndpointId, error.RequestId, error.MaxBytes));
        using var large = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(Replies.Json(result));
        Assert.Equal(7, (await large.Endpoint.Resume(FalJobToken.Parse(error.Token!.ToString())).GetResultAsync()).Seed);
    }

    [Fact]
    public async Task A_status_with_too_long_a_log_is_asked_for_without_it()
    {
        using var fixture = new JobFixture(Canary).OnResult();
        fixture.Handler.On("GET", "?logs=1", Endless("application/json", 200));
        fixture.OnStatus(JobFixture.Running(), JobFixture.Done());
        var states = new List<FalJobState>();
        await foreach (var update in fixture.Resume().WatchAsync()) states.Add(update.Status.State);
        Assert.Equal([FalJobState.InProgress, FalJobState.Completed], states);
    }

    [Theory]
    [InlineData("data: ")]
    [InlineData(": ")]
    [InlineData("id: ")]
    public async Task A_line_of_a_model_stream_is_taken_up_to_the_limit(string start)
    {
        using var fixture = new JobFixture(Canary, change: options => options.MaxResultBytes = Mebibyte);
        fixture.Handler.Then(Endless("text/event-stream", 200, start: start));
        var error = await Assert.ThrowsAsync<FalResponseTooLargeException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.Equal((JobFixture.Id, Mebibyte), (error.EndpointId, error.MaxBytes));
        Assert.InRange(_taken, Mebibyte, Mebibyte + 2 * Chunk);
        fixture.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task An_event_of_many_lines_is_taken_up_to_the_limit()
    {
        using var fixture = new JobFixture(Canary, change: options => options.MaxResultBytes = Mebibyte);
        var lines = string.Concat(Enumerable.Repeat("data: xxxxxxxxxx\n", Chunk / 17));
        fixture.Handler.Then(Endless("text/event-stream", 200, start: "", chunk: lines));
        await Assert.ThrowsAsync<FalResponseTooLargeException>(() => fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync());
        Assert.InRange(_taken, Mebibyte, 2 * Mebibyte);
    }

    /// <summary>A body without end that counts what is taken of it. It ends after 64 MiB, so that a missing limit fails instead of hanging.</summary>
    private Answer Endless(string contentType, int status, long? length = null, string start = "{\"x\":\"", string? chunk = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(chunk ?? new string('x', Chunk));
        BodyStep step = _ =>
        {
            _taken += bytes.Length;
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(bytes);
        };
        return Replies.Body(contentType, status, length, [], [Replies.Send(start), .. Enumerable.Repeat(step, 64 * Mebibyte / Chunk)]);
    }

    private static Task<HttpResponseMessage> SendAsync(TestFal fal, FalCallKind kind)
        => fal.Transport.SendToFalAsync(FalHost.Queue, "/acme/lumen", HttpMethod.Post, TestFal.Content("{}"), kind, null, default);
}
