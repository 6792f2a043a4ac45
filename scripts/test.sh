#!/bin/sh
# The one test command: lint, types, layers, then every test.
set -eu
cd "$(dirname "$0")/.."
sh scripts/lint.sh
# One thread a worker: two workers on two cores leave none over.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
.venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" --dist worksteal "$@"
