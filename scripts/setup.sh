#!/bin/sh
# Makes .venv from the pinned requirements; installs a browser for the browser tests where it may.
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

if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing chromium for the browser tests" >&2
		apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null ||
			echo "chromium could not be installed; the browser tests will skip" >&2
	else
		echo "no browser found; the browser tests will skip (install the package 'chromium' to run them)" >&2
	fi
fi
