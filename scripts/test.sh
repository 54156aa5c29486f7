#!/usr/bin/env bash
# Everything: style, types, arrows, translations, documentation, and all tests on SQLite and on PostgreSQL.
# Installs Debian's Chromium, PostgreSQL and Noto CJK where missing and allowed; starts PostgreSQL and stops it again.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$1
missing=()
command -v chromium >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
fc-list 2>/dev/null | grep -qi 'noto sans cjk' || missing+=(fonts-noto-cjk fontconfig)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
    echo "Installing ${missing[*]} …"
    "${as_root[@]}" apt-get -qq update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "MISSING, and this account may not install: ${missing[*]}. The tests that need them are skipped, visibly." >&2
  fi
fi
scripts/environment.sh "$venv" dev
bin=$venv/bin

echo "== style, types, arrows"
"$bin/ruff" check src tests benchmarks scripts docs
"$bin/ruff" format --check src tests benchmarks scripts docs
"$bin/mypy"
"$bin/lint-imports"
echo "== translations"
"$bin/python" scripts/messages.py --check
echo "== documentation"
"$bin/sphinx-build" -W -q docs docs/_build/html
echo "== known weaknesses of the packages"
"$bin/python" scripts/audit.py requirements/run.txt
"$bin/python" scripts/audit.py requirements/dev.txt
echo "== frameworks"
"$bin/actionlines" frameworks validate

echo "== tests of the library, and of the site on SQLite"
"$bin/pytest" -q -n 2 --dist loadfile tests/library tests/web ${PYTEST:-}
echo "== pages in a browser"
"$bin/pytest" -q -n 2 tests/browser ${PYTEST:-}

if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || [ "$(id -un)" = postgres ]; }; then
  echo "== tests of everything stored on PostgreSQL"
  server=$(mktemp -d)
  trap 'scripts/postgresql.sh stop "$server" >/dev/null 2>&1 || true; rm -rf "$server"' EXIT
  address=$(scripts/postgresql.sh start "$server")
  # Each process makes a database of its own (test_…_gw0, test_…_gw1) on the one server.
  ACTIONLINES_TEST_DATABASE_URL=$address "$bin/pytest" -q -n 2 --dist loadfile tests/web ${PYTEST:-}
else
  echo "SKIPPED: the tests on PostgreSQL (no server, or no right to run it as user postgres)." >&2
fi
