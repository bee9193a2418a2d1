"""Frozen rows to table rows and back, by the names they share."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Row, Table

R = TypeVar("R")


def to_row(value: Any, table: Table) -> dict[str, Any]:
    """The fields of a frozen row that the table has as columns."""
    row = {field.name: getattr(value, field.name) for field in fields(value) if field.name in table.c}
    return {name: item.value if isinstance(item, Enum) else item for name, item in row.items()}


def from_row(kind: type[R], row: Row[Any], **instead: Any) -> R:
    """A frozen row of that kind; ``instead`` replaces or adds fields."""
    found = row._mapping
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**({name: found[name] for name in names if name in found} | instead))
