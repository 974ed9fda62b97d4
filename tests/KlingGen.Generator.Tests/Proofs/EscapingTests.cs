using System.Text;
using KlingGen.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// Each door through which a document's text enters the code, with every character there is: the compiler finds exactly
/// the text that went in.
/// </summary>
public sealed class EscapingTests
{
    private static readonly string[] Texts =
    [
        .. Enumerable.Range(0, 0x10000).Select(c => "a" + (char)c + "b"),
        .. ((int[])[0x10000, 0x1F600, 0x1F468, 0x20000, 0x2A6DF, 0xE0001, 0xE0041, 0xE01EF, 0xF0000, 0x10FFFD, 0x10FFFF, 0x1D173, 0x1FFFE]).Select(
            char.ConvertFromUtf32),
        .. Payloads.Short, "\uD800\uD800\uDC00\uDC00", "\r\n", "\\u0041", "\0001", "x\0" + "7",
    ];

    [Fact]
    public void A_string_literal_holds_exactly_the_text()
    {
        var tokens = Tokens(Texts.Select(Literal.String), SyntaxKind.StringLiteralToken);
        Assert.Equal(Texts, tokens.Select(token => token.ValueText));
    }

    [Fact]
    public void A_character_literal_holds_exactly_the_character()
    {
        var characters = Enumerable.Range(0, 0x10000).Select(c => (char)c).ToArray();
        var tokens = Tokens(characters.Select(Literal.Char), SyntaxKind.CharacterLiteralToken);
        Assert.Equal(characters, tokens.Select(token => (char)token.Value!));
    }

    [Fact]
    public void Utf8_literal_has_the_value_with_unpaired_surrogates_replaced()
    {
        var tokens = Tokens(Texts.Select(Literal.Utf8), SyntaxKind.Utf8StringLiteralToken);
        Assert.Equal(Texts.Select(Wellformed), tokens.Select(token => token.ValueText));
    }

    [Fact]
    public void A_comment_shows_the_text_and_nothing_leaves_it()
    {
        // Many at a time, since a comment costs the compiler more than a character does.
        var comments = Texts.Chunk(100).Select(chunk => string.Join(" and ", chunk)).Concat(Payloads.Short).Select(text => "from " + text + " on")
            .ToArray();
        var source = new SourceWriter();
        foreach (var text in comments)
        {
            DocComment.Summary(source, text);
            source.Line("class C;");
        }

        var tree = CSharpSyntaxTree.ParseText(source.ToString(), new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose));
        Assert.Empty(tree.GetDiagnostics());
        var members = tree.GetCompilationUnitRoot().Members;
        Assert.Equal(comments.Length, members.Count);
        for (var i = 0; i < comments.Length; i++)
        {
            var trivia = members[i].GetLeadingTrivia();
            Assert.All(trivia, piece => Assert.True(
                piece.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.WhitespaceTrivia));
            var comment = (DocumentationCommentTriviaSyntax)trivia.Single(piece => piece.HasStructure).GetStructure()!;
            var shown = comment.DescendantTokens(node => node is not XmlTextAttributeSyntax)
                .Where(token => token.Kind() is SyntaxKind.XmlTextLiteralToken or SyntaxKind.XmlEntityLiteralToken);
            Assert.Equal(Visible(comments[i]), Visible(string.Concat(shown.Select(token => token.ValueText))));
        }
    }

    [Fact]
    public void An_identifier_made_of_any_text_is_one_token_with_that_name()
    {
        foreach (var text in Texts)
        {
            var name = Identifier.Sanitize(text);
            var token = SyntaxFactory.ParseToken(Identifier.Escape(name));
            Assert.True(
                token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.FullSpan.Length == Identifier.Escape(name).Length,
                Payloads.Json(text) + " gives " + name);
            Assert.True(Identifier.IsValid(name) || Identifier.IsKeyword(name), name);
        }
    }

    [Fact]
    public void Every_keyword_of_the_language_becomes_a_name()
    {
        var words = SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Select(SyntaxFacts.GetText)
            .Where(word => word.All(char.IsLetter))
            .ToArray();
        Assert.True(words.Length > 100);
        var wrong = new List<string>();
        foreach (var word in words)
        {
            var name = Identifier.Escape(word);
            var tree = CSharpSyntaxTree.ParseText(
                $"class {name} {{ public {name} {name} {{ get; set; }} void M(string {name}) => {name}.ToString(); }}",
                new CSharpParseOptions(LanguageVersion.Latest));
            if (tree.GetDiagnostics().Any() || tree.GetCompilationUnitRoot().Members is not [ClassDeclarationSyntax declared]
                || declared.Identifier.ValueText != word) wrong.Add(word);
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_file_name_is_plain_and_no_two_texts_share_one()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in Texts.Distinct())
        {
            var name = FileName.ForType(text);
            Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*$", name);
            Assert.False(name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal), name);
            Assert.True(name.Length <= FileName.MaxLength);
            Assert.True(names.Add(name), $"{Payloads.Json(text)} gives {name} again");
        }
    }

    private static List<SyntaxToken> Tokens(IEnumerable<string> literals, SyntaxKind kind)
    {
        var tree = CSharpSyntaxTree.ParseText(
            "class C { object[] All = { " + string.Join(",\n", literals) + " }; }",
            new CSharpParseOptions(LanguageVersion.CSharp11));
        Assert.Empty(tree.GetDiagnostics());
        var values = tree.GetRoot().DescendantNodes().OfType<InitializerExpressionSyntax>().Single().Expressions;
        return [.. values.Select(value => Assert.IsType<LiteralExpressionSyntax>(value).Token)
            .Select(token => token.IsKind(kind) ? token : throw new InvalidOperationException(token.Kind().ToString()))];
    }

    private static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Without white space, without what no page shows, and without the marks that comments turn into elements.</summary>
    private static string Visible(string text)
    {
        var visible = new StringBuilder();
        foreach (var rune in Wellformed(text.Replace("](https://b/>)", "", StringComparison.Ordinal)).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is 0xFFFD or '`' or '*' or '[' or '-') continue;
            if (DocText.Clean(rune.ToString()).Length > 0) visible.Append(rune);
        }

        return visible.ToString();
    }
}
