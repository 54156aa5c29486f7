"""A site of its own for tests with real processes, on the database of the test run."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

SERVER = os.environ.get("ACTIONLINES_TEST_DATABASE_URL", "")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """The environment of a site of its own: a folder, and on PostgreSQL a database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTIONLINES_", "DJANGO_"))
    }
    found = {**kept, "ACTIONLINES_DATA_DIR": str(tmp_path), "ACTIONLINES_JOB_LEASE": "2"}
    if not SERVER:
        yield found
        return
    name = f"site_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield found | {"ACTIONLINES_DATABASE_URL": urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(environment: Mapping[str, str]) -> Callable[[str], str]:
    """Runs Python inside the site and gives what it prints."""

    def ran(code: str) -> str:
        prepared = f"import django; django.setup()\n{code}"
        return subprocess.run(
            [sys.executable, "-c", prepared],
            env={**environment, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    subprocess.run(
        [sys.executable, "-m", "actionlines_web.cli", "serve", "--prepare-only"], env=environment, check=True
    )
    return ran
