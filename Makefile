# Everything is set up on first use: a virtual environment in .venv with every optional part, and a browser for the
# browser tests through the system's packages when run as root.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test lint bench docs lock clean

setup: .venv/ready

.venv/ready: pyproject.toml requirements.lock scripts/setup.sh
	PYTHON=$(PYTHON) sh scripts/setup.sh
	touch $@

demo: setup
	$(BIN)/uncounted demo

test: setup
	sh scripts/test.sh

lint: setup
	sh scripts/lint.sh

bench: setup
	$(BIN)/python -m bench

docs: setup
	$(BIN)/python scripts/build_docs.py

lock:
	[ -x $(BIN)/uv ] || { $(PYTHON) -m venv .venv && $(BIN)/pip install --quiet uv; }
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra all --group dev --python-version 3.11 \
		--no-emit-index-url --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra spark --constraint requirements.lock \
		--python-version 3.11 --no-emit-index-url --custom-compile-command "make lock" pyproject.toml \
		--output-file requirements-spark.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
