using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Generator.Tests;

/// <summary>A document as the compiler sees it: an additional file with a key.</summary>
internal sealed class SpecText(string key, string text, bool isBundled = false) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

    public string Key => key;

    public bool IsBundled => isBundled;

    /// <summary>It is not a document but the list of the package's endpoints.</summary>
    public bool IsEndpointList { get; init; }

    /// <summary>How often the text was read.</summary>
    public int Reads { get; private set; }

    public override string Path => "/specs/" + key + ".json";

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Reads++;
        return _text;
    }
}
