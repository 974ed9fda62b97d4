#!/usr/bin/env pwsh
# Forwards to the commands that the README lists; nothing happens here that cannot be typed by hand.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
dotnet restore KlingGen.sln
dotnet build KlingGen.sln --no-restore -c Release
dotnet test KlingGen.sln --no-build -c Release
