#!/usr/bin/env bash
# Make or refresh the virtual environment: environment.sh FOLDER run|dev. Does nothing when the lock has not changed.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$1 lock=requirements/$2.txt
stamp=$venv/.lock-$2
wanted=$(sha256sum "$lock" pyproject.toml | sha256sum | cut -c1-64)

# The developer's lock holds all the runner's packages: with it installed, `run` needs nothing.
for have in "$stamp" "$venv/.lock-dev"; do
  other=requirements/${have##*.lock-}.txt
  if [ -f "$have" ] && [ "$(cat "$have")" = "$(sha256sum "$other" pyproject.toml | sha256sum | cut -c1-64)" ]; then exit 0; fi
done

python=""
for candidate in "${PYTHON:-}" python3 python3.11 python3.12 python3.13; do
  if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || { echo "actionlines needs Python 3.11 or newer: none was found. Set PYTHON=/path/to/python3." >&2; exit 1; }

if [ ! -x "$venv/bin/python" ]; then
  echo "Making the environment in $venv …"
  "$python" -m venv "$venv" || { echo "Python's venv module is missing. On Debian: apt install python3-venv" >&2; exit 1; }
fi

echo "Installing the packages of $lock (the first time takes a minute) …"
# uv installs the same locked files in a tenth of the time; where it cannot be had, pip does it.
if "$venv/bin/python" -m pip install -q --disable-pip-version-check uv 2>/dev/null && [ -x "$venv/bin/uv" ]; then
  "$venv/bin/uv" pip install -q --python "$venv/bin/python" --require-hashes --compile-bytecode -r "$lock"
  "$venv/bin/uv" pip install -q --python "$venv/bin/python" --no-deps -e .
else
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps -e .
fi
echo "$wanted" > "$stamp"
