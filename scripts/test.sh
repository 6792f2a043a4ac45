#!/bin/sh
# The one test command: lint, types, layers, then every test.
set -eu
cd "$(dirname "$0")/.."
# Spark is large and optional: its tests run where Java is, and skip with a word where it is not.
if command -v java >/dev/null && ! .venv/bin/python -c 'import pyspark, pandas' 2>/dev/null; then
	VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --require-hashes --requirement requirements-spark.lock ||
		echo "pyspark could not be installed; the tests of --engine spark will skip" >&2
fi
sh scripts/lint.sh
# One thread a worker: two workers on two cores leave none over.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
.venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" --dist worksteal "$@"
