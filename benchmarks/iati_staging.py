"""Staging an IATI file on the site: from the bytes of the upload to the batch somebody decides about, on SQLite.

The register holds half of the file's activities already, so that staging compares as well as reads.
"""

import os
import tempfile
import time
from pathlib import Path

from figure import Figure
from iati import entries, write

ACTIVITIES = 20_000


def measure() -> list[Figure]:
    """Fill a register, stage a file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ACTIONLINES_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
        }
        import django

        django.setup()
        from django.core.management import call_command

        from actionlines_web.accounts.models import User
        from actionlines_web.stocktaking.actions import stage_import, store_entries

        call_command("migrate", verbosity=0)
        person = User.objects.create_superuser("bench@example.org")
        half = list(entries(ACTIVITIES // 2))
        store_entries(person, half, links={entry.id: () for entry in half})
        path = Path(folder) / "activities.xml"
        write(path, ACTIVITIES)
        data = path.read_bytes()
        started, worked = time.perf_counter(), time.process_time()
        batch = stage_import(person, data, path.name)
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        assert sum(batch.counts[name] for name in ("created", "changed", "unchanged")) == ACTIVITIES
        return [
            Figure(
                f"IATI: stage {ACTIVITIES:,} activities on the site",
                f"{ACTIVITIES / seconds:,.0f} activities/s ({ACTIVITIES / cpu:,.0f} of CPU)",
                "≥ 2,000 activities/s",
                f"{len(data) / 1e6:.0f} MB, {ACTIVITIES // 2:,} of them in the register already, SQLite",
            )
        ]


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.what}: {figure.measured} (wanted: {figure.wanted}; {figure.how})")
