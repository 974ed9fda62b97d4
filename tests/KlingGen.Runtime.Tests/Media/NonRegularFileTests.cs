using System.Diagnostics;
using System.IO.Pipes;
using Fal.Media;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;

namespace Fal.Tests.Media;

/// <summary>Pipes, devices and directories as local media: refused on every path, without waiting, with nothing sent.</summary>
public sealed class NonRegularFileTests : CanaryTest, IDisposable
{
    private const string NotRegular = "is empty or not a regular file";
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-special").FullName;
    private readonly AnonymousPipeServerStream _anonymous = new(PipeDirection.In);

    void IDisposable.Dispose()
    {
        _anonymous.Dispose();
        Directory.Delete(_folder, true);
        base.Dispose();
    }

    [UnixFact]
    public async Task Check_before_a_submit_refuses_what_is_no_regular_file()
    {
        foreach (var (path, why) in await PathsAsync())
        {
            await Patience.HoldsAsync(async () =>
            {
                var problem = Assert.Single(await MediaInspector.CheckAsync("image_url", FalMedia.FromFile(path), null, default));
                Assert.StartsWith("'image_url' names ", problem.Message, StringComparison.Ordinal);
                Assert.Contains(why, problem.Message, StringComparison.OrdinalIgnoreCase);
            });
        }
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UploadAsync_refuses_what_is_no_regular_file(bool isInParts)
    {
        foreach (var (path, why) in await PathsAsync())
        {
            using var fixture = new JobFixture(Canary, change: options => options.Uploads.MultipartAbove = isInParts ? 0 : 100);
            foreach (var options in new[] { null, new FalUploadOptions { ContentType = "image/png" } })
            {
                await Patience.HoldsAsync(async () =>
                {
                    var media = FalMedia.FromFile(path);
                    var error = await Assert.ThrowsAsync<FalFileException>(() => fixture.Fal.Client.Files.UploadAsync(media, options));
                    Assert.Contains(why, error.Message, StringComparison.OrdinalIgnoreCase);
                    Assert.False(error.IsTransient);
                });
            }

            Assert.Empty(fixture.Handler.Requests);
        }
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubmitAsync_refuses_what_is_no_regular_file(bool isChecked)
    {
        foreach (var (path, _) in await PathsAsync())
        {
            using var fixture = new JobFixture(Canary);
            var request = JobFixture.Request with { ImageUrl = FalMedia.FromFile(path) };
            await Patience.HoldsAsync(async () =>
            {
                var options = new FalSubmitOptions { SkipLocalChecks = !isChecked };
                var error = await Assert.ThrowsAnyAsync<FalException>(() => fixture.Endpoint.SubmitAsync(request, options));
                Assert.Equal(isChecked ? typeof(FalValidationException) : typeof(FalFileException), error.GetType());
            });
            Assert.Empty(fixture.Handler.Requests);
        }
    }

    /// <summary>What is no regular file, and what the message says of it.</summary>
    private async Task<List<(string Path, string Why)>> PathsAsync()
    {
        var pipe = Path.Combine(_folder, "pipe.png");
        if (!File.Exists(pipe)) using (var process = Process.Start("mkfifo", pipe)) await process.WaitForExitAsync();
        var link = Path.Combine(_folder, "link.png");
        if (!Path.Exists(link)) File.CreateSymbolicLink(link, pipe);
        List<(string, string)> paths = [(pipe, NotRegular), (link, NotRegular), ("/dev/zero", NotRegular), (_folder, "it is a directory")];
        // A pipe without a path, as /dev/stdin often is.
        if (OperatingSystem.IsLinux()) paths.Add(($"/proc/self/fd/{_anonymous.SafePipeHandle.DangerousGetHandle()}", NotRegular));
        return paths;
    }
}
