"""Write the snapshot of the schema anew: `python tests/web/api/write_schema.py`, then read what changed."""

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).parent / "openapi.json"


def current() -> str:
    """The schema as the snapshot keeps it."""
    from actionlines_web.api.interface import interface

    return json.dumps(interface.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actionlines_web.settings.test")
    import django

    django.setup()
    SNAPSHOT.write_text(current(), encoding="utf-8")
