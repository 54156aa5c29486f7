"""Triggers of the database that keep the ballot log: a line is never deleted, and gets its number once and nothing else.

SQLite loses a table's triggers when a migration makes the table anew: such a migration ends with `raise_guards`.
"""

from typing import Any, Final

TABLE: Final = "prizes_ballotline"
NAMES: Final = ("prizes_line_keep_update", "prizes_line_keep_delete", "prizes_line_keep_all")
_FIXED: Final = (
    "id",
    "edition_id",
    "kind",
    "voter",
    "category",
    "nominee",
    "at",
    "about",
    "receipt",
    "reason",
)
_CHANGED: Final = " OR ".join(["OLD.number IS NOT NULL", *(f"OLD.{name} <> NEW.{name}" for name in _FIXED)])
_RAISE: Final = {
    "sqlite": (
        f"""CREATE TRIGGER prizes_line_keep_update BEFORE UPDATE ON {TABLE} WHEN {_CHANGED}
        BEGIN SELECT RAISE(ABORT, 'lines of the ballot log are never changed'); END""",
        f"""CREATE TRIGGER prizes_line_keep_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'lines of the ballot log are never deleted'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION prizes_line_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'lines of the ballot log are never changed or deleted'; END $$""",
        f"""CREATE TRIGGER prizes_line_keep_update BEFORE UPDATE ON {TABLE}
        FOR EACH ROW WHEN ({_CHANGED}) EXECUTE FUNCTION prizes_line_refuse()""",
        f"""CREATE TRIGGER prizes_line_keep_delete BEFORE DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION prizes_line_refuse()""",
        f"""CREATE TRIGGER prizes_line_keep_all BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION prizes_line_refuse()""",
    ),
}


def raise_guards(connection: Any) -> None:
    """Make the triggers, in place of any that stand."""
    lower_guards(connection)
    with connection.cursor() as cursor:
        for statement in _RAISE[connection.vendor]:
            cursor.execute(statement)


def lower_guards(connection: Any) -> None:
    """Drop the triggers: for a migration that undoes them, and for tests that clean up."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
