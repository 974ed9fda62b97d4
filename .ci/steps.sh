# Shared by .ci/run and .ci/long: what a step is, and the steps that both have.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The product and its tests must need none of these variables; a step that wants one sets it for itself.
testdata=${KLINGGEN_TESTDATA:-}
for name in $(compgen -e | grep -E '^(KLINGGEN_|FAL_|UPDATE_GOLDENS$)' || true); do unset "$name"; done
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# The compiler as a server, as it is by default; it ends with the script.
export UseSharedCompilation=true

logs=artifacts/ci
rm -rf "$logs"
mkdir -p "$logs"

# step NAME COMMAND...: runs the command with its output in a log, and prints one line. The first failure ends the script with the log's relevant lines.
step() {
  local name=$1 start=$SECONDS code=0
  local log="$logs/${name//[^A-Za-z0-9.]/-}.log"
  shift
  # A subshell of its own, in which errexit holds: it does not inside a condition.
  set +e
  (set -euo pipefail; "$@") > "$log" 2>&1 < /dev/null
  code=$?
  set -e
  if [ "$code" = 0 ]; then
    echo "ci: ok   $name ($((SECONDS - start)) s)"
    return
  fi
  echo "ci: FAIL $name ($((SECONDS - start)) s), exit code $code, log $log"
  grep -nE 'error|\[FAIL\]|^ *Failed |Unhandled exception' "$log" | head -40 || true
  echo "  the end of the log:"
  tail -15 "$log"
  exit 1
}

# The last line: the sum over all test runs, whichever step was the last, and the time.
totals() {
  cat "$logs"/*.log 2> /dev/null \
    | sed -nE 's/.* - Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+), Total:.*/\1 \2 \3/p' \
    | awk '{ failed += $1; passed += $2; skipped += $3 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }'
  echo "ci: $SECONDS s"
}
# Steps that run beside a failed one come to their end, so that nothing runs on after the script.
trap 'wait; totals; dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true' EXIT

# need COMMAND PACKAGE...: installs Debian packages where the command is missing.
need() {
  local command=$1
  shift
  if command -v "$command" > /dev/null; then return; fi
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Native code is linked with gcc and zlib; fal's own JavaScript client runs on Node and in Chromium; the ledger is tested on PostgreSQL.
prepare() {
  need gcc gcc libc6-dev
  [ -e /usr/include/zlib.h ] || need zlib.h zlib1g-dev
  need npm nodejs npm
  need unzip unzip
  npm ci --prefix tests/KlingGen.Interop.Tests/client
  npm ci --prefix tests/KlingGen.Browser.Tests/client
  need chromium chromium
  # Its programs alone; the tests start servers of their own. Where initdb is not on the path, Debian keeps it in a folder per version.
  compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || need initdb postgresql
}

# Style and analysis are part of the build, where warnings are errors; this is the layout of all C# files, of both solutions and of the consumers.
# The lines of tests/Consumer/Wrong are named in the list of its expected diagnostics.
format() {
  dotnet format whitespace . --folder --verify-no-changes --exclude tests/Consumer/Wrong
}

# The tests over fal's genuine documents, which are no part of this repository. Only this step looks for them beside it.
corpus() {
  if [ -z "$testdata" ] && [ -d ../shared/corpus ]; then testdata=$(cd ../shared && pwd); fi
  if [ -z "$testdata" ]; then
    echo "ci: corpus: skipped, KLINGGEN_TESTDATA is not set"
    return
  fi
  step "corpus" corpus_tests KLINGGEN_TESTDATA="$testdata" "$@"
  if ! grep -qE '^ *Passed ' "$logs/corpus.log"; then
    echo "ci: FAIL corpus: no test ran over $testdata"
    exit 1
  fi
  # What each of these tests counted, for instance its documents.
  grep -hE '^ *[0-9]+ .*documents' "$logs/corpus.log" | sed 's/^ */       /' | sort -u | head -30 || true
}

# corpus_tests VARIABLE=VALUE...: starts the projects that have such tests, the one with most of them first. A solution would start all of its projects.
corpus_tests() {
  grep -roE '^ *\[TestData(Fact|Theory)' tests --include='*.cs' | cut -d/ -f2 | sort | uniq -c | sort -rn | awk '{ print $2 }' \
    | env "$@" xargs -P 2 -I{} dotnet test tests/{} --no-build --nologo --filter Needs=Corpus --logger "console;verbosity=detailed"
}

# Everything that the steps beside each other build in the folders of this repository; two restores of one project at once would disturb each other.
restore() {
  dotnet restore tests/Integration.sln
  dotnet msbuild .ci/packages.proj -t:Restore -nologo -v:q
}

packages() {
  rm -rf artifacts/packages artifacts/cache artifacts/tool tests/Consumer/*/bin tests/Consumer/*/obj
  pack artifacts/packages
  contents
}

# pack FOLDER: every package, into the folder. Analyzers of .NET and of style have read the same sources when the solutions were built; those of the
# public API and of trimming read them here.
pack() {
  dotnet msbuild .ci/packages.proj -restore -t:Pack -m -nologo -v:q -p:EnableNETAnalyzers=false -p:EnforceCodeStyleInBuild=false \
    -p:PackageOutputPath="$PWD/$1"
}

# The files of each package are listed in tests/Consumer/Contents, without those that NuGet adds; UPDATE_CONTENTS=1 writes the lists.
contents() {
  local package name list
  for package in artifacts/packages/*.nupkg; do
    name=$(basename "$package" .nupkg | sed -E 's/\.[0-9]+\.[0-9]+\.[0-9]+.*//')
    list="tests/Consumer/Contents/$name.txt"
    if [ -n "${UPDATE_CONTENTS:-}" ]; then contents_of "$package" > "$list"; fi
    diff "$list" <(contents_of "$package")
  done
}
contents_of() {
  unzip -Z1 "$1" | grep -vE '^(_rels/|package/services/|\[Content_Types\]\.xml)' | sed 's#^specs/\([^/]*/[^/]*\)/.*#specs/\1/...#' | LC_ALL=C sort -u
}

# The same source gives the same bytes: everything is packed twice, from nothing, and compared file by file.
reproducible() {
  local round package file
  rm -rf artifacts/twice
  for round in first second; do
    rm -rf runtime/*/obj/Release runtime/*/bin/Release generator/*/obj/Release generator/*/bin/Release
    pack "artifacts/twice/$round"
  done
  for package in artifacts/twice/first/*.nupkg; do
    for file in $(unzip -Z1 "$package" | grep -E '\.(dll|json|props|targets|xml|cs|txt|md)$' | grep -v Content_Types); do
      cmp <(unzip -p "$package" "$file") <(unzip -p "artifacts/twice/second/$(basename "$package")" "$file") || return 1
    done
  done
}

# The packages as strangers have them: restored into an empty cache, as on a machine that has never seen them.
consumers() {
  export NUGET_PACKAGES="$PWD/artifacts/cache"
  local consumer
  for consumer in App Transitive Application; do dotnet run --project "tests/Consumer/$consumer"; done
  dotnet test tests/Consumer/Web.Tests --nologo

  # Wrong values do not compile: a plain build prints the expected lines and no others.
  if dotnet build tests/Consumer/Wrong --nologo -p:RunAnalyzers=true > "$logs/wrong.log"; then
    echo "error: tests/Consumer/Wrong must not build"
    return 1
  fi
  grep -o 'Program\.cs([0-9,]*): [a-z]* KLG.*' "$logs/wrong.log" | sed 's/ (https:.*//; s/ \[[^]]*\]$//' | LC_ALL=C sort -u \
    | diff tests/Consumer/Wrong/expected.txt -

  # The tool, installed from its package alone, over the repository's own documents.
  dotnet tool install KlingGen.Cli --tool-path artifacts/tool --source artifacts/packages --version 0.1.0
  artifacts/tool/klinggen check specs
}

# web_consumers [VARIABLE=VALUE...]: the tests of KlingGen.AspNetCore, on .NET 8, over the packages.
web_consumers() {
  export NUGET_PACKAGES="$PWD/artifacts/cache"
  env "$@" dotnet test tests/Consumer/AspNetCore.Tests --nologo
}

# browser_consumer [VARIABLE=VALUE...]: the proxy's proof in a browser, over the packages; tests/Integration.sln has it over the projects.
browser_consumer() {
  export NUGET_PACKAGES="$PWD/artifacts/cache"
  env "$@" dotnet test tests/Consumer/Browser.Tests --nologo
}

# Package validation fails when a public type is missing that the baseline has. The baseline is a package with one type more.
validation() {
  local folder=$PWD/artifacts/validation
  rm -rf "$folder"
  mkdir -p "$folder"
  printf '%s\n' 'namespace Fal.Testing;' '/// <summary>A type of the version before.</summary>' 'public static class FalRemovedType;' > "$folder/Removed.cs"
  echo "<Project><ItemGroup Condition=\"'\$(MSBuildProjectName)' == 'KlingGen.Testing'\"><Compile Include=\"$folder/Removed.cs\" /></ItemGroup></Project>" \
    > "$folder/Removed.targets"
  local pack=(dotnet pack runtime/KlingGen.Testing -c Release --nologo -p:PackageOutputPath="$folder")
  "${pack[@]}" -p:CustomAfterMicrosoftCommonTargets="$folder/Removed.targets" -p:WarningsNotAsErrors=RS0016
  if "${pack[@]}" -p:PackageVersion=0.1.1 -p:PackageValidationBaselineVersion=0.1.0 \
    -p:PackageValidationBaselinePath="$folder/KlingGen.Testing.0.1.0.nupkg" > "$logs/removed.log" 2>&1; then
    echo "error: a package without a type of its baseline was packed"
    return 1
  fi
  grep -o "error CP0001: Type 'Fal.Testing.FalRemovedType' exists on .*" "$logs/removed.log" | sort -u
}

# block NUMBER: a fenced block of README, without its fences.
block() {
  awk -v wanted="$1" '/^```/{ inside = !inside; if (inside) number++; next } inside && number == wanted' README.md
}

# README's first four blocks in the project that "dotnet new console" makes, with an empty cache: the program builds, and the wrong value does not.
readme() {
  local app
  app=$(mktemp -d)
  export NUGET_PACKAGES="$app/cache"
  dotnet new console -o "$app/First" --no-restore
  printf '<configuration><packageSources><clear /><add key="packed" value="%s" /></packageSources></configuration>' "$PWD/artifacts/packages" \
    > "$app/First/nuget.config"
  sed -i "s#</Project>#<ItemGroup>$(block 1)</ItemGroup><PropertyGroup>$(block 2)</PropertyGroup></Project>#" "$app/First/First.csproj"
  block 3 > "$app/First/Program.cs"
  dotnet build "$app/First" --nologo
  sed -i 's/^    Duration = .*/&\n    CfgScale = 1.5,/' "$app/First/Program.cs"
  if dotnet build "$app/First" --nologo > "$app/wrong.log"; then
    echo "error: the wrong value of README builds"
    return 1
  fi
  grep -o 'Program\.cs([0-9,]*): error KLG.*' "$app/wrong.log" | sed 's/ (https:.*//' | sort -u | diff <(block 4) -
  rm -rf "$app"
}

# integration [ARGUMENT...]: the tests that start servers, clusters and browsers. They often wait for processes, so more projects run at once than there
# are cores.
integration() {
  dotnet test tests/Integration.sln -maxcpucount:3 "$@"
}

# framework FRAMEWORK: the runtime's tests on another framework, which is restored as a package.
framework() {
  dotnet test tests/KlingGen.Runtime.Tests -p:TestFramework="$1" -p:RunAnalyzers=false
}

# native FRAMEWORK: the runtime as native code, with every trim and AOT warning an error.
native() {
  rm -rf "artifacts/aot/$1"
  dotnet publish tests/KlingGen.AotSmoke -c Release -p:AotFramework="$1" -o "artifacts/aot/$1" --nologo -v q
  "artifacts/aot/$1/KlingGen.AotSmoke"
}

# The sample for Native AOT as native code, run by its test.
native_sample() {
  rm -rf artifacts/aot/sample
  dotnet publish tests/Samples/NativeApp -c Release -o artifacts/aot/sample --nologo -v q
  KLINGGEN_NATIVE_SAMPLE="$PWD/artifacts/aot/sample/NativeApp" dotnet test tests/KlingGen.Samples.Tests --nologo --filter NativeApp_runs_as_native_code
}

# The packages for applications as native code, in an app that has them from their packages.
native_application() {
  export NUGET_PACKAGES="$PWD/artifacts/cache"
  rm -rf artifacts/aot/application
  dotnet publish tests/Consumer/Application -c Release -o artifacts/aot/application --nologo -v q
  artifacts/aot/application/Application
}
