#!/bin/sh
# The one test command: lint, types, layers, then every test.
set -eu
cd "$(dirname "$0")/.."
sh scripts/lint.sh
.venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" --dist worksteal "$@"
