namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>The documents that use every feature and every bad name we could think of.</summary>
internal static class Invented
{
    private static readonly Lazy<DriverOutcome> Run = new(() => Driver.Run(All()));

    /// <summary>One run over all of them with default settings, shared by the tests that only look at it.</summary>
    public static DriverOutcome Outcome => Run.Value;

    /// <summary>
    /// The documents for tests that compile them once more: each form of emitted code once in the short form, and all documents in the long one.
    /// </summary>
    public static SpecText[] Sample() => Rounds.IsLong ? All() : [.. All().Where(file => Chosen.Contains(file.Key))];

    private static readonly HashSet<string> Chosen =
    [
        "acme/lumen/v1.6/rich", "acme/lumen/hostile", "acme/lumen", "acme/lumen/v1.6/rich/client", "acme/lumen/object/string", "acme/lumen-app",
        "fal-ai/task", "fal-ai/system", "fal-ai/fal", "fal-ai/heron-app", "shapes", "fal-ai/blank", "fal-ai/picture",
    ];

    public static SpecText[] All() =>
    [
        Load("rich", "acme/lumen/v1.6/rich"),
        Load("hostile", "acme/lumen/hostile"),
        .. Paths("lumen", "", "v1", "v1/4k", "v1.6", "v1.6/rich/client", "v1.6/rich/check", "v1.6/rich/id", "resume", "type", "object/string"),
        .. Paths("lumen-app", "", "draw"),
        .. Apps("task", "system", "string", "fal", "wire", "file", "3d", "list", "heron", "heron-app", "dispose", "to-string", "endpoint"),
        new("shapes", Documents.Types(""" "Box": {"title": "Box", "type": "object", "properties": {"list": {"type": "string"}}}, "File":"""
            + """ {"title": "File", "type": "object", "properties": {"file": {"type": "boolean"}}} """)),
        new("fal-ai/blank", Documents.Endpoint("fal-ai/blank", "{}", "{}")),
        new("fal-ai/picture", Documents.Endpoint(
            "fal-ai/picture",
            """{"title": "Empty", "type": "object"}""",
            """{"$ref": "#/components/schemas/File"}""",
            Documents.FileSchema)),
    ];

    public static SpecText Load(string name, string key)
        => new(key, Repository.Read("tests", "KlingGen.Generator.Tests", "Documents", name + ".json"));

    private static IEnumerable<SpecText> Paths(string app, params string[] paths)
        => paths.Select(path => Plain(("acme/" + app + "/" + path).TrimEnd('/')));

    private static IEnumerable<SpecText> Apps(params string[] apps) => apps.Select(app => Plain("fal-ai/" + app));

    private static SpecText Plain(string id)
        => new(id, Documents.WithMembers(""" "prompt": {"type": "string"}, "size": {"type": "string", "enum": ["a", "b"]} """, id, "PlainRequest"));
}
