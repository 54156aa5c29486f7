#!/usr/bin/env bash
# Write the locks: versions and hashes only, no registry addresses. lock.sh VENV
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { "$1/bin/uv" pip compile -q pyproject.toml --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --universal --constraint requirements/bounds.in "${@:2}"; }
compile "$1" --extra web --extra pdf --extra docx --extra index --extra schedule -o requirements/run.txt
compile "$1" --extra dev --constraint requirements/run.txt -o requirements/dev.txt
