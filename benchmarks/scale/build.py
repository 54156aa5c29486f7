"""Build a register in the database of the environment: python -m scale.build ENTRIES FILE; what each step took goes to FILE."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django


def main() -> None:
    """Tables, rows, postings, search index, statistics; a step that was done before is not done again."""
    entries, file = int(sys.argv[1]), Path(sys.argv[2])
    django.setup()
    from django.core.management import call_command

    from actionlines_web.stocktaking.actions import rebuild_index, rebuild_postings
    from scale.fill import fill, gather_statistics

    call_command("serve", prepare_only=True)
    took: dict[str, float] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("fill", lambda: fill(entries)),
        ("postings", rebuild_postings),
        ("index", rebuild_index),
        ("statistics", gather_statistics),
    )
    for name, step in steps:
        if name in took:
            continue
        started, worked = time.perf_counter(), time.process_time()
        step()
        took[name], took[f"{name}_cpu"] = time.perf_counter() - started, time.process_time() - worked
        file.write_text(json.dumps(took), encoding="utf-8")
        print(f"{name}: {took[name]:.0f} s, {took[f'{name}_cpu']:.0f} s of CPU", flush=True)


if __name__ == "__main__":
    main()
