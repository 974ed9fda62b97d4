using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Commands;

public sealed class InitTests : IDisposable
{
    private const string Plain = """
        <Project Sdk="Microsoft.NET.Sdk">

          <!-- What it runs on -->
          <PropertyGroup>
            <TargetFramework>net8.0</TargetFramework>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include='Serilog' Version='4.0.0'/>
          </ItemGroup>

        </Project>
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_project_gets_the_package_and_a_first_endpoint_and_keeps_every_other_byte()
    {
        var project = _folder.Write("App.csproj", Plain);
        var run = (await ToolRun.Of("init", project)).Fine();
        Assert.Equal("", run.Out);
        Assert.Equal(
            Plain.Replace(
                "net8.0</TargetFramework>\n",
                "net8.0</TargetFramework>\n    <FalEndpoints>fal-ai/kling-video/v2.6/pro/text-to-video</FalEndpoints>\n",
                StringComparison.Ordinal)
                .Replace(
                    "Version='4.0.0'/>\n",
                    "Version='4.0.0'/>\n    <PackageReference Include=\"KlingGen\" Version=\"0.1.0\" />\n",
                    StringComparison.Ordinal),
            _folder.Read("App.csproj"));
        Assert.True(Directory.Exists(_folder.At("specs")));
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_do()
    {
        var project = _folder.Write("App.csproj", Plain);
        (await ToolRun.Of("init", project)).Fine();
        var after = _folder.Read("App.csproj");
        var run = (await ToolRun.Of("init", project)).Fine();
        Assert.Equal("App.csproj is ready; nothing to do.\n", run.Error);
        Assert.Equal(after, _folder.Read("App.csproj"));
    }

    [Fact]
    public async Task Line_ends_byte_order_mark_and_missing_groups_are_respected()
    {
        var project = _folder.At("App.csproj");
        File.WriteAllText(
            project,
            "<Project Sdk=\"Microsoft.NET.Sdk\">\r\n\t<Import Project=\"x.props\" />\r\n</Project>\r\n",
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        (await ToolRun.Of("init", project, "--endpoints", "fal-ai/kling-video/v1/*")).Fine();
        var bytes = File.ReadAllBytes(project);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            "<Project Sdk=\"Microsoft.NET.Sdk\">\r\n\t<Import Project=\"x.props\" />\r\n\t<ItemGroup>\r\n\t\t<PackageReference "
                + "Include=\"KlingGen\" Version=\"0.1.0\" />\r\n\t</ItemGroup>\r\n"
            + "\t<PropertyGroup>\r\n\t\t<FalEndpoints>fal-ai/kling-video/v1/*</FalEndpoints>\r\n\t</PropertyGroup>\r\n</Project>\r\n",
            File.ReadAllText(project));
    }

    [Fact]
    public async Task Central_package_management_keeps_the_version_where_versions_are()
    {
        _folder.Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="Serilog" Version="4.0.0" />
              </ItemGroup>
            </Project>
            """);
        var project = _folder.Write("src/App/App.csproj", Plain.Replace(" Version='4.0.0'", "", StringComparison.Ordinal));
        (await ToolRun.Of("init", project)).Fine();
        Assert.Contains("    <PackageReference Include=\"KlingGen\" />\n", _folder.Read("src/App/App.csproj"), StringComparison.Ordinal);
        Assert.Contains(
            "    <PackageVersion Include=\"Serilog\" Version=\"4.0.0\" />\n    <PackageVersion Include=\"KlingGen\" Version=\"0.1.0\" />\n",
            _folder.Read("Directory.Packages.props"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditional_groups_are_passed_over_and_patterns_join_those_that_are_there()
    {
        var project = _folder.Write("App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup Condition="'$(X)' == ''"><A>1</A></PropertyGroup>
              <PropertyGroup><FalEndpoints>fal-ai/kling-video/v1/*</FalEndpoints></PropertyGroup>
              <ItemGroup Condition="false"><PackageReference Include="Other" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
        (await ToolRun.Of("init", project, "--endpoints", "fal-ai/kling-video/v1/*;fal-ai/kling-video/v1.6/**")).Fine();
        Assert.Equal(
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup Condition="'$(X)' == ''"><A>1</A></PropertyGroup>
              <PropertyGroup><FalEndpoints>fal-ai/kling-video/v1/*;fal-ai/kling-video/v1.6/**</FalEndpoints></PropertyGroup>
              <ItemGroup Condition="false"><PackageReference Include="Other" Version="1.0.0" /></ItemGroup>
              <ItemGroup>
                <PackageReference Include="KlingGen" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """,
            _folder.Read("App.csproj"));
    }

    [Fact]
    public async Task A_document_is_copied_with_its_overlay_and_never_over_one_that_is_there()
    {
        var project = _folder.Write("App.csproj", Plain);
        (await ToolRun.Of("init", project, "--copy", "fal-ai/kling-video/v1/tts")).Fine();
        Assert.Equal(
            File.ReadAllText(Repository.At("specs", "fal-ai", "kling-video", "v1", "tts.json")),
            _folder.Read("specs/fal-ai/kling-video/v1/tts.json"));
        Assert.True(File.Exists(_folder.At("specs/fal-ai/kling-video/v1/tts.overlay.json")));
        Assert.DoesNotContain("FalEndpoints", _folder.Read("App.csproj"), StringComparison.Ordinal);

        _folder.Write("specs/fal-ai/kling-video/v1/tts.json", "mine");
        (await ToolRun.Of("init", project, "--copy", "fal-ai/kling-video/v1/tts")).Fine();
        Assert.Equal("mine", _folder.Read("specs/fal-ai/kling-video/v1/tts.json"));
    }

    [Fact]
    public async Task Several_projects_none_and_no_project_are_clear()
    {
        Assert.Contains("There is no C# project in", (await ToolRun.Of("init", _folder.Root)).Error, StringComparison.Ordinal);
        _folder.Write("A.csproj", Plain);
        _folder.Write("B.csproj", Plain);
        var run = await ToolRun.Of("init", _folder.Root);
        Assert.Equal(2, run.Code);
        Assert.Contains("There are several projects here (A.csproj, B.csproj); name the one that is meant.", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.Of("init", _folder.Write("C.csproj", "no xml"))).Code);
        Assert.Equal(2, (await ToolRun.Of("init", _folder.At("A.csproj"), "--copy", "fal-ai/no/such")).Code);
        Assert.Equal(Plain, _folder.Read("A.csproj"));
    }
}
