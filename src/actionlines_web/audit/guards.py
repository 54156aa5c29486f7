"""Triggers of the database that refuse to change or delete an audit record, whoever asks.

SQLite loses a table's triggers when a migration makes the table anew: such a migration ends with `raise_guards`.
"""

from typing import Any, Final

TABLE: Final = "audit_record"
NAMES: Final = {
    "sqlite": ("audit_record_keep_update", "audit_record_keep_delete"),
    "postgresql": ("audit_record_keep", "audit_record_keep_all"),
}
_RAISE: Final = {
    "sqlite": (
        """CREATE TRIGGER audit_record_keep_update BEFORE UPDATE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END""",
        """CREATE TRIGGER audit_record_keep_delete BEFORE DELETE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit records are never changed or deleted'; END $$""",
        """CREATE TRIGGER audit_record_keep BEFORE UPDATE OR DELETE ON audit_record
        FOR EACH ROW EXECUTE FUNCTION audit_record_refuse()""",
        """CREATE TRIGGER audit_record_keep_all BEFORE TRUNCATE ON audit_record
        FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse()""",
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
        for name in NAMES[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def missing_guards(connection: Any) -> list[str]:
    """Names of the triggers that do not stand, or stand disabled."""
    if connection.vendor == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(sql, [TABLE])
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES[connection.vendor] if name not in standing]
