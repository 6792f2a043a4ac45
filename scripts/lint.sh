#!/bin/sh
# Format, lint, types and layers.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
"$bin/ruff" format --check src tests bench scripts
"$bin/ruff" check src tests bench scripts
"$bin/lint-imports" --no-cache >.lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
rm -f .lint-imports.log
"$bin/mypy"
