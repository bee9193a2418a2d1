"""Steps that the database itself does not let anybody skip: history and audit rows never change, a version's life
goes one way."""

from __future__ import annotations

from sqlalchemy import Connection, text

_FIXED = (
    "site_id", "area", "number", "base", "origin", "author_id", "author", "created", "cost", "digest", "appointments",
)  # fmt: skip
_NEXT = (
    ("draft", "submitted"),
    ("draft", "published"),
    ("draft", "rejected"),
    ("submitted", "published"),
    ("submitted", "rejected"),
    ("published", "superseded"),
)


def _broken_step(differs: str) -> str:
    """SQL that is true where an update of a version is not one step of its life."""
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in _FIXED)
    steps = " OR ".join(f"(OLD.status = '{old}' AND NEW.status = '{new}')" for old, new in _NEXT)
    return (
        f"({changed}) OR NOT (OLD.status = NEW.status OR {steps})"
        " OR (OLD.status = 'draft' AND NEW.status = 'published' AND NOT NEW.is_same_day)"
    )


_KEPT = "(SELECT is_deleting FROM sites WHERE id = OLD.site_id) IS NOT TRUE"
_REFUSE = "history cannot be changed"


def create(connection: Connection) -> None:
    """Creates the triggers in the language of the database at hand."""
    is_sqlite = connection.dialect.name == "sqlite"
    rules = (
        ("audit_update", "UPDATE", "audit", "TRUE"),
        ("audit_delete", "DELETE", "audit", "TRUE"),
        ("versions_update", "UPDATE", "versions", _broken_step("IS NOT" if is_sqlite else "IS DISTINCT FROM")),
        ("versions_delete", "DELETE", "versions", _KEPT),
        ("versions_insert", "INSERT", "versions", "NEW.status <> 'draft'"),
        ("changes_delete", "DELETE", "changes", _KEPT),
    )
    for name, event, table, condition in rules:
        if is_sqlite:
            _sqlite(connection, name, event, table, condition)
        else:
            _postgresql(connection, name, event, table, condition)


def _sqlite(connection: Connection, name: str, event: str, table: str, condition: str) -> None:
    connection.execute(
        text(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        )
    )


def _postgresql(connection: Connection, name: str, event: str, table: str, condition: str) -> None:
    result = "OLD" if event == "DELETE" else "NEW"
    connection.execute(
        text(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION '{_REFUSE}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {result}; END $$"
        )
    )
    connection.execute(text(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"))
