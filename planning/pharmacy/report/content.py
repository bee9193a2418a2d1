"""What a report holds, before anybody has said how it looks."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its share of the table's width, and how its numbers are written ("" = text)."""

    heading: str
    width: float
    form: str = ""

    def text(self, cell: Cell) -> str:
        """A cell as it is printed; a dash for none."""
        if cell is None:
            return "–"
        return format(cell, self.form) if self.form and not isinstance(cell, str) else str(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its title and a remark; ``marked`` are rows to be seen first."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remark: str = ""
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A small picture: a value a month, the last one marked."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole report. ``tiles`` are figures with their label and a remark; ``signatures`` are who signs."""

    language: str
    title: str
    hospital: str
    period: str
    made: str
    summary: str
    tiles: tuple[tuple[str, str, str], ...]
    bars: Bars
    tables: tuple[Table, ...]
    signatures: tuple[str, ...]
    none: str
    page: str
    foot: str
