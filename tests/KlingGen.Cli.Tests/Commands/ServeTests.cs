using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

public sealed class ServeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_prints_addresses_answers_health_checks_and_records_requests_before_it_answers()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        var journal = _folder.At("requests.jsonl");
        using var stop = new CancellationTokenSource();
        var output = new WatchedText("key ");
        using var error = new StringWriter();
        var console = new ToolConsole(output, error, outputColours: false, errorColours: false);
        var serving = Tool.RunAsync(["serve", "--port", "0", "--instant", "--record", journal, "--specs", _folder.At("empty")], console, stop.Token);
        await output.Seen.WaitAsync(TimeSpan.FromSeconds(60));
        var lines = output.ToString().Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line.Length == 2).ToDictionary(line => line[0], line => line[1].Trim());

        using var http = new HttpClient();
        foreach (var host in (string[])["queue", "run", "rest", "media"])
            Assert.Equal("ok",
                JsonDocument.Parse(await http.GetStringAsync(new Uri(lines[host] + "health"))).RootElement.GetProperty("status").GetString());
        using var request = new HttpRequestMessage(HttpMethod.Post,
            lines["queue"] + "fal-ai/kling-video/v1/tts")
        { Content = new StringContent("""{"text": "Hello"}""") };
        request.Headers.TryAddWithoutValidation("Authorization", "Key " + lines["key"]);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using (var reader = new StreamReader(new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
        {
            var line = JsonDocument.Parse(Assert.Single((await reader.ReadToEndAsync()).Trim().Split('\n'))).RootElement;
            Assert.Equal("Submit", line.GetProperty("operation").GetString());
            Assert.Equal("Hello", line.GetProperty("body").GetProperty("text").GetString());
            Assert.DoesNotContain(lines["key"].Split(':')[1], line.ToString(), StringComparison.Ordinal);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await serving);
        Assert.Contains("export FAL_QUEUE_ADDRESS=" + lines["queue"], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_host_listens_at_the_port_that_it_is_given()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        int[] ports = [.. Enumerable.Range(0, 5).Select(FreePort)];
        using var stop = new CancellationTokenSource();
        var output = new WatchedText("key ");
        var console = new ToolConsole(output, TextWriter.Null, outputColours: false, errorColours: false);
        string[] hosts = ["queue", "run", "rest", "media", "platform"];
        string[] options = [.. hosts.SelectMany((host, i) => (string[])[$"--{host}-port", $"{ports[i]}"])];
        var serving = Tool.RunAsync(["serve", .. options, "--specs", _folder.At("empty")], console, stop.Token);
        await Task.WhenAny(output.Seen, serving).WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        Assert.Equal(0, await serving);
        Assert.Equal(ports.Select((port, i) => $"http://127.0.0.1:{port}/{(i == 4 ? "v1" : "")}"),
            output.ToString().Split('\n').Take(5).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Trim()));
    }

    [Fact]
    public async Task Open_serves_the_page_and_opens_it_with_its_token()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        using var stop = new CancellationTokenSource();
        var output = new WatchedText("page ");
        var opened = new TaskCompletionSource<Uri>();
        var console = new ToolConsole(output, TextWriter.Null, outputColours: false, errorColours: false) { OpenBrowser = opened.TrySetResult };
        var serving = Tool.RunAsync(["serve", "--port", "0", "--open", "--specs", _folder.At("empty")], console, stop.Token);
        await Task.WhenAny(output.Seen, serving).WaitAsync(TimeSpan.FromSeconds(60));
        var page = await opened.Task.WaitAsync(TimeSpan.FromSeconds(60));
        using var http = new HttpClient();
        Assert.Contains("playground.js", await http.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Contains("page  " + page, output.ToString(), StringComparison.Ordinal);
        Assert.Matches("^#token=[0-9A-F]{64}$", page.Fragment);
        await stop.CancelAsync();
        Assert.Equal(0, await serving);
    }

    [Theory]
    [InlineData("--allow-paid")]
    [InlineData("--max-cost 5")]
    [InlineData("--open --allow-paid")]
    [InlineData("--open --max-cost 5")]
    [InlineData("--allow-paid --max-cost 5")]
    [InlineData("--open --allow-paid --max-cost 0")]
    [InlineData("--open --allow-paid --max-cost -1")]
    public async Task Paid_runs_need_three_options_together(string options)
    {
        var run = await ToolRun.Of(["serve", "--port", "0", .. options.Split(' ')]);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains("--max-cost", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Below the ports that the system gives to others, a range for each host.</summary>
    private static int FreePort(int host)
    {
        for (var port = 20_000 + 1_000 * host + Random.Shared.Next(900); ; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one may be free.
            }
        }
    }

    [Theory]
    [InlineData("{\n \"faults\": [{\"operation\": \"status\",\n  \"fault\": \"eror\"}]}", "(3,12): unknown fault 'eror'; did you mean 'error'?")]
    [InlineData("{\n \"faults\": [{\"operation\": \"statsu\", \"fault\": \"reset\"}]}", "(2,27): unknown operation 'statsu'; did you mean 'status'?")]
    [InlineData("{\n \"runs\": [{\"duraton\": \"2m\"}]}", "(2,12): unknown property 'duraton'; did you mean 'duration'?")]
    [InlineData("{\n \"runs\": [{\"duration\": \"soon\"}]}", "(2,24): 'soon' is not a duration")]
    [InlineData("{\n \"runs\": ", "(2,")]
    public async Task A_mistake_in_the_script_ends_with_2_and_its_line(string script, string expected)
    {
        var path = _folder.Write("script.json", script);
        var run = await ToolRun.Of("serve", "--port", "0", "--script", path);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(path + expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_not_there_ends_with_2()
    {
        var run = await ToolRun.Of("serve", "--port", "0", "--script", _folder.At("none.json"));
        Assert.Equal(2, run.Code);
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_ends_with_2_and_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var run = await ToolRun.Of("serve", "--port", "0", "--media-port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Error, StringComparison.Ordinal);
    }

    /// <summary>Text that says when a word has been written.</summary>
    private sealed class WatchedText(string word) : StringWriter
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(word, StringComparison.Ordinal) == true) _seen.TrySetResult();
        }
    }
}
