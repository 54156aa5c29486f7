"""The whole database into a file and back: SQLite by its online backup, PostgreSQL by pg_dump in one snapshot."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import psycopg
from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper

NAMES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# The tables behind a full-text index are counted through nothing of their own.
_SQLITE_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""


def dump_database(connection: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    """Write the database as it is at one moment; returns the rows of each table at that moment.

    Nobody waits: both databases let others write meanwhile.
    """
    if connection.vendor == "sqlite":
        return _dump_sqlite(connection, target)
    return _dump_postgresql(connection, target)


def load_database(connection: BaseDatabaseWrapper, source: Path) -> dict[str, int]:
    """Put a dumped database in place of everything that is there, in one transaction; returns the rows of each table."""
    if connection.vendor == "sqlite":
        return _load_sqlite(connection, source)
    return _load_postgresql(connection, source)


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is no table, or no account and no entry in them: nothing that a restore would destroy."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("accounts_user", "stocktaking_entry"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - the two names above
                if cursor.fetchone():
                    return False
    return True


def size_of(connection: BaseDatabaseWrapper) -> int:
    """Bytes the database takes, to see whether a backup will find room."""
    sql = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if connection.vendor == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def _dump_sqlite(connection: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        # In one step: a reader of the write-ahead log holds nobody up, and no writer can make it begin again.
        connection.connection.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        return _sqlite_rows(copy)
    finally:
        copy.close()


def _load_sqlite(connection: BaseDatabaseWrapper, source: Path) -> dict[str, int]:
    copy = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        try:
            (answer,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            answer = str(error)
        if answer != "ok":
            raise CommandError(
                f"{source.name} is not a sound SQLite database ({answer}); nothing was restored"
            )
        connection.ensure_connection()
        copy.backup(connection.connection, pages=-1)
        found = _sqlite_rows(connection.connection)
    finally:
        copy.close()
    # What the connection remembered of the old database is forgotten with it.
    connection.close()
    return found


def _sqlite_rows(database: Any) -> dict[str, int]:
    names = [row[0] for row in database.execute(_SQLITE_TABLES).fetchall()]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def _dump_postgresql(connection: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    program = _program("pg_dump")
    with _own_connection(connection) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = database.execute("SELECT pg_export_snapshot()").fetchone()[0]  # type: ignore[index]
        arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        _call([program, *arguments, f"--file={target}"], connection)
        return _postgresql_rows(database)


def _load_postgresql(connection: BaseDatabaseWrapper, source: Path) -> dict[str, int]:
    restore, shell = _program("pg_restore"), _program("psql")
    with NamedTemporaryFile("w+b", dir=source.parent, suffix=".sql") as script:
        script.write(b"BEGIN;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        script.flush()
        _call([restore, "--no-owner", "--no-privileges", "--file=-", str(source)], connection, output=script)
        script.seek(0, os.SEEK_END)
        script.write(b"\nCOMMIT;\n")
        script.flush()
        connection.close()
        quiet = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        _call([shell, *quiet, f"--file={script.name}"], connection)
    with _own_connection(connection) as database:
        return _postgresql_rows(database)


def _postgresql_rows(database: "psycopg.Connection[Any]") -> dict[str, int]:
    rows = {}
    for (name,) in database.execute(_POSTGRESQL_TABLES).fetchall():
        found = database.execute(
            psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(name))
        )
        rows[name] = found.fetchone()[0]  # type: ignore[index]
    return rows


@contextmanager
def _own_connection(connection: BaseDatabaseWrapper) -> "Iterator[psycopg.Connection[Any]]":
    given = connection.settings_dict
    with psycopg.connect(
        dbname=given["NAME"],
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        host=given["HOST"] or None,
        port=given["PORT"] or None,
    ) as database:
        yield database


def _call(command: list[str], connection: BaseDatabaseWrapper, output: Any = None) -> None:
    given = connection.settings_dict
    environment = dict(os.environ, PGDATABASE=str(given["NAME"]), PGCLIENTENCODING="UTF8")
    for variable, key in (
        ("PGUSER", "USER"),
        ("PGPASSWORD", "PASSWORD"),
        ("PGHOST", "HOST"),
        ("PGPORT", "PORT"),
    ):
        if given[key]:
            environment[variable] = str(given[key])
    # A command of PostgreSQL found on this machine, with arguments of ours.
    done = subprocess.run(command, env=environment, stdout=output, stderr=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise CommandError(f"{Path(command[0]).name} ended with status {done.returncode}: {said}")


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise CommandError(
            f"{name} is not installed: a PostgreSQL client is needed (Debian: postgresql-client)"
        )
    return found
