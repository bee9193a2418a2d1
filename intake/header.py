"""Which row is the header, and which column fills which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hospital.errors import BadInput
from intake.cells import Cell, NoValue
from intake.fields import Field, Table, label
from intake.names import header_name, plain
from intake.schema import table_of, tables_of

_SEARCHED_ROWS = 10
_SHORTEST_ZH, _SHORTEST_LATIN = 2, 4


class Fit(StrEnum):
    """Why a column was taken for a field."""

    EXACT = "exact"
    SIMILAR = "similar"
    CHOSEN = "chosen"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file: its heading, the field it fills ("" = not read) and why."""

    heading: str
    field: str = ""
    fit: Fit = Fit.NONE


@cache
def _names(kind: str) -> Mapping[str, Mapping[str, int]]:
    """Field -> comparable name -> rank; a lower rank is nearer (own name, labels, aliases)."""
    table = table_of(kind)
    return {
        field.name: {name: min(rank, 2) for rank, name in reversed(list(enumerate(_words(kind, field))))}
        for field in table.fields
    }


def _words(kind: str, field: Field) -> list[str]:
    raw = (field.name, label(kind, field.name, "zh"), *field.aliases)
    return [header_name(word)[0] for word in raw]


def header_index(rows: Sequence[Sequence[Cell | NoValue]], kind: str) -> int | None:
    """Index of the header among the first rows (a title may stand above it); None for an empty table."""
    scores = [num_exact(row, kind) for row in rows[:_SEARCHED_ROWS]]
    return scores.index(max(scores)) if scores else None


def num_exact(row: Sequence[Cell | NoValue], kind: str) -> int:
    """How many cells of a row are names of the kind's fields."""
    return sum(bool(_exact(cell, kind)) for cell in row if isinstance(cell, str))


def _exact(heading: str, kind: str) -> dict[str, int]:
    """Fields whose name this heading is, with rank; a heading in another unit fits none."""
    name, unit = header_name(heading)
    table = table_of(kind)
    fits = {field: ranks[name] for field, ranks in _names(kind).items() if name in ranks}
    return {field: rank for field, rank in fits.items() if unit in ("", table.field(field).unit)}


def match_columns(header: Sequence[str], kind: str, chosen: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """Each column with its field: as chosen by a person, else by name, else by an unmistakable part of the heading.

    Raises BadInput where the choice names an unknown column or field, or one field twice.
    """
    table = table_of(kind)
    fields = _chosen(header, table, chosen or {})
    free = {place for place in range(len(header)) if place not in fields}
    taken = set(fields.values())
    exact = _best(_exact_fits(header, kind, free, taken))
    free -= set(exact)
    similar = _best(_similar_fits(header, kind, free, taken | set(exact.values())))
    columns = []
    for place, heading in enumerate(header):
        for found, fit in ((fields, Fit.CHOSEN), (exact, Fit.EXACT), (similar, Fit.SIMILAR)):
            if found.get(place):
                columns.append(Column(heading=heading, field=found[place], fit=fit))
                break
        else:
            columns.append(Column(heading=heading, fit=Fit.CHOSEN if place in fields else Fit.NONE))
    return tuple(columns)


def _chosen(header: Sequence[str], table: Table, chosen: Mapping[str, str]) -> dict[int, str]:
    fields: dict[int, str] = {}
    for heading, field in chosen.items():
        if field and field not in table.names:
            raise BadInput("unknown_field", found=field, expected=", ".join(table.names))
        if field and field in fields.values():
            raise BadInput("field_twice", found=field)
        if heading in header:
            fields[list(header).index(heading)] = field
    return fields


def _exact_fits(header: Sequence[str], kind: str, free: set[int], taken: set[str]) -> list[tuple[int, int, str]]:
    fits = ((rank, place, field) for place in free for field, rank in _exact(header[place], kind).items())
    return [fit for fit in fits if fit[2] not in taken]


def _similar_fits(header: Sequence[str], kind: str, free: set[int], taken: set[str]) -> list[tuple[int, int, str]]:
    """Headings that contain a name of exactly one field that is still free."""
    fits = []
    for place in free:
        name, unit = header_name(header[place])
        inside = {
            field: max((len(word) for word in ranks if _is_telling(word) and word in name), default=0)
            for field, ranks in _names(kind).items()
            if unit in ("", table_of(kind).field(field).unit)
        }
        longest = max(inside.values(), default=0)
        best = [field for field, length in inside.items() if length and length == longest]
        if len(best) == 1 and best[0] not in taken:
            fits.append((0, place, best[0]))
    return fits


def _is_telling(word: str) -> bool:
    return len(word) >= (_SHORTEST_LATIN if word.isascii() else _SHORTEST_ZH)


def _best(fits: list[tuple[int, int, str]]) -> dict[int, str]:
    """Column -> field, nearest first; two columns equally near to one field leave it to a person."""
    fields: dict[int, str] = {}
    doubtful: set[str] = set()
    for rank in sorted({rank for rank, _, _ in fits}):
        level = [(place, field) for r, place, field in fits if r == rank and place not in fields]
        level = [(place, field) for place, field in level if field not in fields.values() and field not in doubtful]
        for place, field in level:
            rivals = [p for p, f in level if f == field]
            if len(rivals) > 1:
                doubtful.add(field)
            elif place not in fields and sum(p == place for p, _ in level) == 1:
                fields[place] = field
    return fields


def missing_fields(columns: Sequence[Column], kind: str) -> tuple[str, ...]:
    """Required fields that no column fills."""
    found = {column.field for column in columns}
    return tuple(field.name for field in table_of(kind).fields if field.is_required and field.name not in found)


def mapping_of(columns: Sequence[Column]) -> dict[str, str]:
    """Heading -> field as it is kept for the next file of the same source; columns not read map to ""."""
    return {column.heading: column.field for column in columns}


def kind_of_name(name: str, area: str = "imaging") -> str | None:
    """The kind of the area's tables that a file or sheet is named for, None where it is none of them."""
    found = plain(name)
    for kind, table in tables_of(area).items():
        if found in {plain(word) for word in (kind, table.file_name, *table.aliases)}:
            return kind
    return None
