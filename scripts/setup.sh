#!/bin/sh
# Makes .venv from the pinned requirements; installs what the tests need of the system where it may.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	echo "uncounted needs Python 3.11 or newer; $("$python" --version) was found. Set PYTHON=/path/to/python3.11." >&2
	exit 1
}
[ -x .venv/bin/python ] || "$python" -m venv .venv
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
VIRTUAL_ENV=$PWD/.venv
export VIRTUAL_ENV
.venv/bin/uv pip install --quiet --require-hashes --requirement requirements.lock
.venv/bin/uv pip install --quiet --no-deps --editable .

# What the browser tests and the tests of the shell verifier need of the system.
missing=""
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
.venv/bin/python -m playwright --version >/dev/null 2>&1 || missing="$missing libatomic1"
for tool in openssl xxd strace; do
	command -v $tool >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing for the tests:$missing" >&2
		apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null ||
			echo "they could not all be installed; the tests that need them will skip or fail" >&2
	else
		echo "not on this machine:$missing; tests that need them will skip or fail until they are installed" >&2
	fi
fi
