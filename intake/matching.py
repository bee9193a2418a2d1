"""A second upload beside what is there: new, changed field by field, unchanged, missing. Nothing is cancelled here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.export import field_text
from intake.schema import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs, both values as they would stand in a file."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An entry known by its id whose values differ."""

    before: Any
    after: Any
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Matched:
    """The incoming entries sorted by what they mean for the existing ones; ``missing`` stand only in the existing."""

    new: tuple[Any, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[Any, ...] = ()
    missing: tuple[Any, ...] = ()


def match(existing: Iterable[Any], incoming: Iterable[Any], *, kind: str = "requests") -> Matched:
    """Existing and incoming values of one kind compared by the kind's key; kinds without a key are compared whole.

    The same file twice gives only ``unchanged``. A missing entry is told, never removed: cancelling is a person's act.
    """
    if not table_of(kind).key:
        return _match_whole(tuple(existing), tuple(incoming))
    before = {key_of(kind, value): value for value in existing}
    after = {key_of(kind, value): value for value in incoming}
    changed = []
    for key, value in after.items():
        if key in before and before[key] != value:
            changed.append(Changed(before=before[key], after=value, differences=_differences(kind, before[key], value)))
    return Matched(
        new=tuple(value for key, value in after.items() if key not in before),
        changed=tuple(changed),
        unchanged=tuple(value for key, value in after.items() if key in before and before[key] == value),
        missing=tuple(value for key, value in before.items() if key not in after),
    )


def key_of(kind: str, value: Any) -> tuple[str, ...]:
    """What an entry is known by, as text."""
    table = table_of(kind)
    return tuple(field_text(table.field(name), value) for name in table.key)


def _differences(kind: str, before: Any, after: Any) -> tuple[Difference, ...]:
    pairs = ((field.name, field_text(field, before), field_text(field, after)) for field in table_of(kind).fields)
    return tuple(Difference(field=name, before=old, after=new) for name, old, new in pairs if old != new)


def _match_whole(existing: tuple[Any, ...], incoming: tuple[Any, ...]) -> Matched:
    left = Counter(existing)
    new: list[Any] = []
    unchanged: list[Any] = []
    for value in incoming:
        (unchanged if left[value] > 0 else new).append(value)
        left[value] -= 1
    missing: list[Any] = []
    for value in existing:
        if left[value] > 0:
            missing.append(value)
            left[value] -= 1
    return Matched(new=tuple(new), unchanged=tuple(unchanged), missing=tuple(missing))
