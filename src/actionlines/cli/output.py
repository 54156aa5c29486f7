"""What a command says on standard output: lines for people, JSON for software."""

import argparse
import json
import sys
from collections.abc import Iterable


def add_format(command: argparse.ArgumentParser) -> None:
    """Add `--format text|json`."""
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people (default) or json"
    )


def answer(arguments: argparse.Namespace, value: object, lines: Iterable[str]) -> None:
    """Write `value` as one JSON document, or `lines`, as `--format` says."""
    if arguments.format == "json":
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)
