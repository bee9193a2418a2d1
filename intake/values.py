"""One cell to one value. Each reader takes a non-empty cell and gives the value or raises Refused; nothing is repaired."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from intake.cells import Cell, NoValue, is_hidden, unquoted
from intake.codes import OPEN, WEEKDAYS, YES_NO, code_of
from intake.fields import Field, FieldType
from intake.limits import MAX_ID, MAX_TEXT
from intake.names import plain, unit_of
from intake.quarantine import Refused
from intake.times import read_day, read_moment, read_time, read_window

Read = Callable[[Any], Any]

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*(\S*)")
_HOURS_MINUTES = re.compile(r"(\d+)\s*(?:小时|时|h)\s*(\d+)\s*(?:分钟|分|min|m)?")
_LOST_DIGITS = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_CELL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!"}
)
_HARD_SEPARATORS = re.compile(r"[;；、，,|\n]+")
_EXACT = 2**53
_WORDS = frozenset(
    {FieldType.YES_NO, FieldType.CODE, FieldType.CODES, FieldType.WEEKDAYS, FieldType.TIME, FieldType.WINDOWS}
)
_REMEMBERED = 2_000


def reader_of(field: Field, zone: ZoneInfo) -> Read:
    """The reader of a column's cells. Readers of short word lists remember what they have read before."""
    read = _plain_reader(field, zone)
    return _remembering(read) if field.type in _WORDS else read


def _remembering(read: Read) -> Read:
    """The same reader, asked only once for each different text."""
    known: dict[str, Any] = {}

    def remembered(cell: Any) -> Any:
        if type(cell) is not str:
            return read(cell)
        if cell not in known:
            value = read(cell)
            if len(known) >= _REMEMBERED:
                known.clear()
            known[cell] = value
        return known[cell]

    return remembered


def _plain_reader(field: Field, zone: ZoneInfo) -> Read:
    match field.type:
        case FieldType.ID:
            return _read_id
        case FieldType.TEXT:
            return _read_text
        case FieldType.WHOLE:
            return lambda cell: _read_whole(cell, field)
        case FieldType.NUMBER:
            return lambda cell: _read_number(cell, field)
        case FieldType.YES_NO:
            return _read_yes_no
        case FieldType.CODE:
            return lambda cell: _read_code(cell, field.codes)
        case FieldType.CODES:
            return lambda cell: _read_codes(cell, field.codes)
        case FieldType.MOMENT:
            return lambda cell: read_moment(cell, zone, is_end=field.is_end)
        case FieldType.DAY:
            return read_day
        case FieldType.TIME:
            return read_time
        case FieldType.WEEKDAYS:
            return _read_weekdays
        case FieldType.IDS:
            return _read_ids
        case FieldType.HOURS:
            return _read_hours
        case FieldType.WINDOWS:
            return lambda cell: _read_windows(cell, zone)


def text_of(cell: Cell | NoValue) -> str:
    """A cell as text: whole numbers without a point, the protecting quote mark off. Raises Refused where digits were lost."""
    if isinstance(cell, str):
        text = cell.strip()
        if text[:1] == "#" and text in _CELL_ERRORS:
            raise Refused("no_error_value", text)
        return unquoted(text) if text[:1] == "'" else text
    if isinstance(cell, NoValue):
        raise Refused("stored_value", cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return _digits_of(cell)
    if isinstance(cell, datetime | date | time | timedelta):
        raise Refused("text_not_date", cell)
    return ""


def _digits_of(number: float) -> str:
    if abs(number) >= _EXACT or number != number:
        raise Refused("all_digits", number)
    return str(int(number)) if number == int(number) else repr(number)


def _read_id(cell: Cell | NoValue) -> str:
    text = text_of(cell)
    if len(text) > MAX_ID:
        raise Refused("short_text", text, length=MAX_ID)
    if _LOST_DIGITS.fullmatch(text):
        raise Refused("all_digits", text)
    if "\ufffd" in text or (not text.isprintable() and any(is_hidden(char) for char in text)):
        raise Refused("printable", text)
    return text


def _read_text(cell: Cell | NoValue) -> str:
    text = text_of(cell)
    if len(text) > MAX_TEXT:
        raise Refused("short_text", text, length=MAX_TEXT)
    if "\ufffd" in text:
        raise Refused("printable", text)
    return text


def _read_number(cell: Cell | NoValue, field: Field) -> float:
    """A number within the column's limits; text may carry the column's unit, hours are turned into minutes."""
    if isinstance(cell, bool):
        raise Refused(_expected(field), cell, **_limits(field))
    value = float(cell) if isinstance(cell, int | float) else _number_from_text(text_of(cell), field)
    if not field.low <= value <= field.high:
        raise Refused(_expected(field), cell, **_limits(field))
    return value


def _number_from_text(text: str, field: Field) -> float:
    flat = unicodedata.normalize("NFKC", text)
    if field.unit == "min" and (both := _HOURS_MINUTES.fullmatch(flat)):
        return int(both[1]) * 60.0 + int(both[2])
    match = _NUMBER.fullmatch(flat)
    unit = unit_of(match[2]) if match and match[2] else ""
    if match is None or (match[2] and not unit) or unit not in ("", field.unit, "h" if field.unit == "min" else ""):
        raise Refused(_expected(field), text, **_limits(field))
    value = float(match[1])
    return value * 60 if unit == "h" and field.unit == "min" else value


def _read_whole(cell: Cell | NoValue, field: Field) -> int:
    value = _read_number(cell, field)
    if value != int(value):
        raise Refused("whole", cell, **_limits(field))
    return int(value)


def _expected(field: Field) -> str:
    return "whole" if field.type is FieldType.WHOLE else "number"


def _limits(field: Field) -> dict[str, Any]:
    return {"low": f"{field.low:g}", "high": f"{field.high:g}", "unit": f"intake.unit.{field.unit or 'none'}"}


def _read_yes_no(cell: Cell | NoValue) -> bool:
    truth = YES_NO.get(plain(text_of(cell)) or text_of(cell))
    if truth is None:
        raise Refused("yes_no", cell)
    return truth


def _read_code(cell: Cell | NoValue, codes: str) -> str:
    text = text_of(cell)
    code = code_of(codes, text)
    if code is not None:
        return code
    if codes not in OPEN:
        raise Refused("code", cell, codes=f"intake.codes.{codes}")
    return _read_id(text)


def _read_codes(cell: Cell | NoValue, codes: str) -> tuple[str, ...]:
    """Words separated by ; 、 , | or spaces; a known word of several parts (large bore) stays whole."""
    found: list[str] = []
    for part in _HARD_SEPARATORS.split(text_of(cell)):
        known = code_of(codes, part.strip()) if part.strip() else None
        words = [known] if known else [code_of(codes, word) or word for word in part.split()]
        found.extend(_read_id(word) for word in words)
    return tuple(found)


def _read_weekdays(cell: Cell | NoValue) -> tuple[int, ...]:
    """One weekday, several, or a run such as Mon-Fri; Monday is 0."""
    days: list[int] = []
    for part in re.split(r"[\s;；、，,|]+", text_of(cell).strip()):
        ends = [WEEKDAYS.get(plain(end)) for end in re.split(r"[-~～至到–—]", part)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:
            raise Refused("weekday", cell)
        days.extend(range(first, last + 1))
    if len(set(days)) != len(days):
        raise Refused("weekday", cell)
    return tuple(days)


def _read_ids(cell: Cell | NoValue) -> tuple[str, ...]:
    """Ids separated by ; 、 , | or blanks, each once."""
    parts = re.split(r"[\s;；、，,|]+", text_of(cell).strip())
    return tuple(dict.fromkeys(_read_id(part) for part in parts if part))


def _read_hours(cell: Cell | NoValue) -> tuple[tuple[int, int], ...]:
    """Hours of the day such as 08:00-11:30, several separated by blanks, as minutes."""
    spans = []
    for part in re.split(r"[\s;；、，,|]+", text_of(cell).strip()):
        ends = re.split(r"[-~～至到–—]", part)
        if len(ends) != 2:
            raise Refused("hours", cell)
        low, high = read_time(ends[0]), read_time(ends[1])
        if low >= high:
            raise Refused("hours", cell)
        spans.append((low, high))
    return tuple(spans)


def _read_windows(cell: Cell | NoValue, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    if not isinstance(cell, str):
        raise Refused("window", cell)
    parts = [part for part in re.split(r"[;；、，,|\n]+", cell) if part.strip()]
    return tuple(read_window(part, zone) for part in parts)
