"""Cells and sheets: what a file holds before anybody has said what it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta | None
"""One cell as its file keeps it. CSV knows text only; Excel also numbers, truths and dates."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell that shows something but holds nothing usable: a formula never calculated, or an error value."""

    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that could not even be cut into cells; ``text_id`` names what was expected (``intake.expected``)."""

    row: int
    text_id: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table as read: its header and its rows with the row number a spreadsheet shows (the header is row 1 or lower down).

    ``is_ragged`` says that short rows are usual (Excel leaves trailing empty cells out); in a CSV a short row is a cut one.
    ``encoding`` is what the bytes were read as, ``is_unsure`` that this may be the wrong guess.
    """

    file: str
    name: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[tuple[int, Sequence[Cell | NoValue]]]
    broken: tuple[BrokenRow, ...] = ()
    is_ragged: bool = False
    encoding: str = "utf-8"
    is_unsure: bool = False


def is_empty(cell: Cell | NoValue) -> bool:
    """True for a cell that holds nothing or white space only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def starts_like_formula(text: str) -> bool:
    """True where a spreadsheet might take the text for a formula: = + - @ tab CR, full-width forms too, after any quotes."""
    bare = text.lstrip("'")
    return bool(bare) and bare[0] in _FORMULA_STARTS


def quoted(text: str) -> str:
    """The text as it may stand in a CSV: one quote mark before whatever starts like a formula. ``unquoted`` takes it off again."""
    return "'" + text if starts_like_formula(text) else text


def unquoted(text: str) -> str:
    """The text without the protecting quote mark of ``quoted``; any other text unchanged."""
    return text[1:] if text[:1] == "'" and starts_like_formula(text) else text


def shown(cell: object) -> str:
    """A cell as a refusal shows it: short, on one line, without control characters."""
    text = cell.shown if isinstance(cell, NoValue) else "" if cell is None else str(cell)
    flat = "".join("\N{REPLACEMENT CHARACTER}" if is_hidden(ch) else ch for ch in text[: _SHOWN + 1])
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def is_hidden(char: str) -> bool:
    """Control, formatting (bidirectional) and unpaired surrogate characters would disturb a page or a terminal."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def headings(cells: Sequence[Cell | NoValue]) -> tuple[str, ...]:
    """A header row as texts, trailing empty ones dropped; a heading that stands there twice is numbered, so that both can be told apart."""
    texts = [unquoted(shown(cell).strip()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    found: list[str] = []
    for place, text in enumerate(texts):
        before = texts[:place].count(text) if text else 0
        found.append(f"{text} ({before + 1})" if before else text)
    return tuple(found)
