using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

/// <summary>
/// Texts from outside, damaged in every way that a seeded generator finds: no reader of them fails, and none is talked
/// into anything.
/// </summary>
public sealed class FuzzTests : CanaryTest
{
    private const string Id = "019f-abc_1";
    private const string Spice = "/\\.?#%@:;&= \t\r\n\0\u0085\u2028\uFF0E\uFF0Faé0-_~[]{}\"'<>|*";
    private static readonly Uri Queue = new("https://queue.fal.run");

    [Fact]
    public void Every_character_of_the_plane_is_either_refused_in_an_id_or_survives_an_address()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = $"acme/lu{(char)c}men/x";
            if (!FalEndpointId.TryParse(text, out var id)) continue;
            Assert.Equal("/" + text, new Uri("https://queue.fal.run/" + text).AbsolutePath);
            Assert.Equal(text, id.ToString());
        }
    }

    [Fact]
    public void An_address_that_is_believed_leads_to_the_queue_and_nowhere_else()
    {
        var random = new Random(11);
        var accepted = 0;
        string[] seeds = [$"https://queue.fal.run/acme/lumen/requests/{Id}/status",
            $"https://queue.fal.run/workflows/acme/lumen/requests/{Id}/status", $"https://evil.example/acme/lumen/requests/{Id}/status"];
        for (var round = 0; round < 30_000; round++)
        {
            var url = Damage(random, seeds[random.Next(seeds.Length)]);
            if (FalQueueUrls.Accept(url, FalQueueUrl.Status, Id, Queue) is not { } path) continue;
            accepted++;
            var parsed = new Uri("https://queue.fal.run" + path);
            Assert.Equal(("https", "queue.fal.run", 443, "", ""), (parsed.Scheme, parsed.IdnHost, parsed.Port, parsed.UserInfo, parsed.Query));
            Assert.Equal(path, parsed.AbsolutePath);
            Assert.EndsWith($"/requests/{Id}/status", parsed.AbsolutePath, StringComparison.Ordinal);
        }
        Assert.InRange(accepted, 500, 25_000);
    }

    [Fact]
    public void A_path_that_is_called_is_the_path_that_was_meant()
    {
        var random = new Random(12);
        var addresses = new FalAddresses(new FalClientOptions());
        var called = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var path = Damage(random, $"/acme/lumen/requests/{Id}/status?logs=1");
            try
            {
                var url = addresses.Resolve(FalHost.Queue, path);
                called++;
                Assert.Equal(("https", "queue.fal.run", 443, "", ""), (url.Scheme, url.Host, url.Port, url.UserInfo, url.Fragment));
                Assert.Equal(path.Split('?')[0], url.AbsolutePath);
            }
            catch (ArgumentException)
            {
            }
        }
        Assert.InRange(called, 500, 25_000);
    }

    [Fact]
    public void A_pause_is_read_from_anything_without_harm()
    {
        var random = new Random(13);
        var now = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        string[] seeds = ["120", "1.5", "Wed, 02 Jan 2030 03:04:35 GMT", "-1", "1e40", "NaN"];
        for (var round = 0; round < 30_000; round++)
        {
            var pause = RetryAfter.Parse(Damage(random, seeds[random.Next(seeds.Length)]), now, TimeSpan.FromMinutes(1));
            if (pause is { } read) Assert.InRange(read, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void An_error_body_is_read_from_anything_without_harm()
    {
        var random = new Random(14);
        var redactor = new KeyRedactor(CanaryGuard.Key);
        string[] seeds =
        [
            """{"detail":[{"loc":["body","elements",0,"video_url"],"msg":"m","type":"t","ctx":{"max_size":1},"input":null}],"error_type":"x"}""",
            """{"detail":"text \ud800 \u00e4","error_type":"x"}""", $$"""{"detail":"Key {{CanaryGuard.Key}}"}""", "<html><body>nginx</body></html>",
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Damage(random, seeds[random.Next(seeds.Length)]));
            if (bytes.Length > 0 && random.Next(3) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var body = FalErrorBody.Read(bytes, "header", redactor.Clean);
            foreach (var problem in body.Problems) Assert.NotNull(problem.Message);
            if (redactor.Finds(body.Text + body.Detail + string.Concat(body.Problems.Select(problem => problem.Message))))
                Assert.Fail("The key came through.");
        }
    }

    [Fact]
    public void A_header_is_refused_or_safe_to_send()
    {
        var random = new Random(15);
        using var request = new HttpRequestMessage();
        for (var round = 0; round < 20_000; round++)
        {
            var (name, value) = (Damage(random, "X-My-Header"), Damage(random, "a printable value"));
            try
            {
                FalHeaders.RequireExtra(name, value);
            }
            catch (ArgumentException ex)
            {
                Assert.DoesNotContain('\n', ex.Message);
                continue;
            }
            request.Headers.Clear();
            request.Headers.Add(name, value);
            Assert.DoesNotContain(request.Headers.ToString().TrimEnd(), c => c is '\0' or > '~');
        }
    }

    private static string Damage(Random random, string text)
    {
        var damaged = new StringBuilder(text);
        for (var times = random.Next(4); times > 0; times--)
        {
            var at = random.Next(damaged.Length + 1);
            switch (random.Next(5))
            {
                case 0: damaged.Insert(at, Spice[random.Next(Spice.Length)]); break;
                case 1 when at < damaged.Length: damaged.Remove(at, Math.Min(damaged.Length - at, 1 + random.Next(4))); break;
                case 2 when at < damaged.Length: damaged[at] = Spice[random.Next(Spice.Length)]; break;
                case 3: damaged.Insert(at, damaged.ToString(0, Math.Min(damaged.Length, 12))); break;
                case 4 when at < damaged.Length: damaged[at] = (char)random.Next(char.MaxValue); break;
            }
        }
        return damaged.ToString();
    }
}
