using Studio.KlingVideo;

// Types of the library, and our own from the package's documents, though only the library names the package.
var heron = Library.Clips.Heron() with { Prompt = "A heron at dusk." };
var speech = TTSInput.Example();
if (heron.Prompt.Length == 0 || speech.Text.Length == 0) throw new InvalidOperationException("The examples are empty.");
Console.WriteLine("The consumer of a consumer works.");
