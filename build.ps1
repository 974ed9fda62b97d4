#!/usr/bin/env pwsh
# Forwards to the commands that .ci/run and the README use; nothing happens here that cannot be typed by hand.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Run {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

Run restore KlingGen.sln
Run format whitespace KlingGen.sln --verify-no-changes --no-restore
Run test KlingGen.sln
Run pack runtime/KlingGen.Runtime -c Release -o artifacts/packages
Run pack generator/KlingGen.Cli -c Release -o artifacts/packages
