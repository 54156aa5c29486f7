"""Backup and restore with real processes, on the database of the test run: every table and file comes back."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyrage
import pytest

from web.conftest import SERVER

FILL = """
from django.conf import settings
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import store_entries
from actionlines.stocktaking import Entry
ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
words = "Telemedicine, النساء and школы in rural villages."
store_entries(System(), [Entry(id=f"p-{n}", title=f"Project {n} ’;--", description=words, language="en",
    lines=("C7-HEA",), targets=("3.8",), year=2020) for n in range(40)])
for name, text in (("media/attachments/ab/one.pdf", "%PDF one"), ("messages/welcome/fr.md", "Subject: Bonjour"), ("media/é.txt", "é")):
    path = settings.DATA_DIR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
"""
# Every table with every value, every file with every byte; the table of restorations and its record come after.
DIGEST = """
import hashlib
from django.conf import settings
from django.db import connection
found = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        if table in ("operations_restoration", "audit_head", "audit_record", "jobs_sign"):
            continue
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = sorted(repr(row) for row in cursor.fetchall())
        found[table] = len(rows), hashlib.sha256("\\n".join(rows).encode()).hexdigest()
for folder in ("media", "messages", "replies"):
    for path in sorted((settings.DATA_DIR / folder).rglob("*")):
        if path.is_file():
            found[str(path.relative_to(settings.DATA_DIR))] = hashlib.sha256(path.read_bytes()).hexdigest()
print(found)
"""
SPOIL = """
from django.conf import settings
from actionlines_web.stocktaking.models import Entry
from actionlines_web.accounts.models import User
Entry.objects.filter(identifier="p-1").update(title="spoilt")
User.objects.create_user("later@example.org")
(settings.DATA_DIR / "media/attachments/ab/one.pdf").write_text("spoilt")
(settings.DATA_DIR / "media/later.txt").write_text("later")
"""
VERIFY = """
from actionlines_web.audit.queries import verify
from actionlines_web.audit.guards import missing_guards
from django.db import connection
from actionlines_web.audit.models import Record
last = Record.objects.order_by("-sequence").first()
print(verify().sound, missing_guards(connection), last.verb, last.actor_label, last.object_type)
"""
Run = Callable[[str], str]


def site(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the site."""
    return subprocess.run(
        [sys.executable, "-m", "actionlines_web.cli", *arguments],
        env=dict(environment),
        check=False,
        capture_output=True,
        text=True,
    )


def backed_up(environment: Mapping[str, str], folder: Path, *options: str) -> Path:
    """A new backup."""
    done = site(environment, "backup", str(folder), *options)
    assert done.returncode == 0, done.stderr
    (made,) = [path for path in folder.iterdir() if str(path) in done.stdout.splitlines()[-1]]
    return made


def test_a_restore_brings_back_every_table_and_file(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    before = run(DIGEST)
    made = backed_up(environment, tmp_path / "backups")
    run(SPOIL)
    assert run(DIGEST) != before
    done = site(environment, "restore", str(made), "--replace")
    assert done.returncode == 0, done.stderr
    assert run(DIGEST) == before
    assert run(VERIFY) == "True [] restore site command line operations.restoration"
    (aside,) = tmp_path.glob("media.before-*")
    assert (aside / "later.txt").read_text() == "later"


def test_a_new_machine_takes_a_backup_over_with_its_key(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    before = run(DIGEST)
    key = (tmp_path / "secret-key").read_text()
    made = backed_up(environment, tmp_path / "backups")
    if SERVER:
        run(
            "from django.db import connection\nconnection.cursor().execute('DROP SCHEMA public CASCADE; CREATE SCHEMA public')"
        )
        fresh = dict(environment)
    else:
        fresh = {**environment, "ACTIONLINES_DATA_DIR": str(tmp_path / "new")}
    done = site(fresh, "restore", str(made))
    assert done.returncode == 0, done.stderr
    answered = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{DIGEST}"],
        env={**fresh, "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert answered.stdout.strip() == before
    assert (Path(fresh["ACTIONLINES_DATA_DIR"]) / "secret-key").read_text() == key


def test_an_encrypted_backup_opens_with_its_key_only(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    before = run(DIGEST)
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    made = backed_up(environment, tmp_path / "backups", "--encrypt-to", str(identity.to_public()))
    assert sorted(path.suffix for path in made.iterdir()) == [".age", ".age", ".json"]
    assert not any(b"Telemedicine" in path.read_bytes() for path in made.iterdir())
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong.txt"
    right.write_text(f"# made for a test\n{identity}\n")
    wrong.write_text(f"{other}\n")
    run(SPOIL)
    spoilt = run(DIGEST)
    without = site(environment, "restore", str(made), "--replace")
    assert "is encrypted: give the secret key with --identity FILE" in without.stderr
    refused = site(environment, "restore", str(made), "--replace", "--identity", str(wrong))
    assert "cannot be decrypted with this key" in refused.stderr
    assert run(DIGEST) == spoilt
    done = site(environment, "restore", str(made), "--replace", "--identity", str(right))
    assert done.returncode == 0, done.stderr
    assert run(DIGEST) == before


def test_a_site_that_holds_something_is_not_replaced_without_consent(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    made = backed_up(environment, tmp_path / "backups")
    run(SPOIL)
    before = run(DIGEST)
    done = site(environment, "restore", str(made))
    assert done.returncode == 1
    assert "--replace puts the backup in their place" in done.stderr
    assert run(DIGEST) == before


def test_a_damaged_backup_changes_nothing(environment: Mapping[str, str], run: Run, tmp_path: Path) -> None:
    run(FILL)
    made = backed_up(environment, tmp_path / "backups")
    before = run(DIGEST)
    for path in made.iterdir():
        whole = path.read_bytes()
        if path.name == "manifest.json":
            values = json.loads(whole)
            values["members"]["files.tar"]["sha256"] = "0" * 64
            path.write_text(json.dumps(values))
        else:
            middle = len(whole) // 2
            path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        done = site(environment, "restore", str(made), "--replace")
        assert done.returncode == 1
        named = "files.tar" if path.name == "manifest.json" else path.name
        assert f"nothing was restored: {named} was changed: its checksum differs" in done.stderr
        path.write_bytes(whole)
    assert run(DIGEST) == before


def test_a_folder_that_is_no_backup_is_named(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    done = site(environment, "restore", str(tmp_path), "--replace")
    assert done.returncode == 1
    assert f"{tmp_path} is not a backup: it holds no manifest.json" in done.stderr


def test_old_backups_are_removed_once_a_new_one_is_complete(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    first = backed_up(environment, folder)
    first.rename(folder / "actionlines-20200101T000000Z")
    second = backed_up(environment, folder, "--keep", "1")
    assert [path.name for path in folder.iterdir()] == [second.name]


def test_a_killed_backup_leaves_nothing_that_looks_whole(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    folder = tmp_path / "backups"
    slow = {**environment, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    # The process stands still after the database was written, as on a slow disk, and is killed there.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "if 'backup' in sys.argv:\n"
        "    import hashlib, time\n"
        "    real = hashlib.file_digest\n"
        "    hashlib.file_digest = lambda *given: time.sleep(60) or real(*given)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "actionlines_web.cli", "backup", str(folder)],
        env=slow,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(300):
        if list(folder.glob("*.partial/files.tar")):
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    (left,) = folder.iterdir()
    assert left.suffix == ".partial"
    assert "is not a backup" in site(environment, "restore", str(left), "--replace").stderr
    made = backed_up(environment, folder)
    assert [path.name for path in folder.iterdir()] == [made.name]


@pytest.mark.skipif(bool(SERVER), reason="SQLite's file is looked into")
def test_a_sqlite_backup_is_taken_while_a_writer_is_in_the_middle(
    environment: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    run(FILL)
    writer = sqlite3.connect(tmp_path / "actionlines.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE stocktaking_entry SET title = 'half'")
    made = backed_up(environment, tmp_path / "backups")
    writer.execute("COMMIT")
    writer.close()
    copy = sqlite3.connect(made / "database.sqlite3")
    assert copy.execute("SELECT count(*) FROM stocktaking_entry WHERE title = 'half'").fetchone() == (0,)
    copy.close()
