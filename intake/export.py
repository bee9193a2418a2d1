"""The way out: hospital values as CSV rows that this door reads back equal. No cell ever leaves as a formula."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hospital.plans import Booking
from intake.areas import files_of
from intake.cells import quoted
from intake.codes import WEEKDAY_NAMES
from intake.fields import Field, FieldType
from intake.records import OF_BOOKING
from intake.schema import table_of
from intake.times import clock_time, iso

_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_HEADING_NEEDS_QUOTES = re.compile(r'[,"\r\n;\t|，；]')  # the delimiter is found from the header


def write_site(folder: str | Path, site: Any, area: str = "imaging") -> None:
    """The site as a folder of CSV files and a site.toml; ``read_site`` of it gives an equal site. Empty tables get their header."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    door = files_of(area)
    for kind, table in door.tables.items():
        text = table_csv(table.names, table_rows(kind, getattr(site, table.attribute)))
        (place / f"{table.file_name}.csv").write_bytes(text.encode("utf-8"))
    (place / "site.toml").write_bytes(door.settings_toml(site.settings).encode("utf-8"))


def table_rows(kind: str, values: Iterable[Any]) -> list[list[str]]:
    """Hospital values as text cells in the order of the kind's columns."""
    table = table_of(kind)
    return [[field_text(field, value) for field in table.fields] for value in values]


def table_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV text with LF line ends; a quote mark protects cells that a spreadsheet would take for a formula."""
    return _csv_line(header, _HEADING_NEEDS_QUOTES) + "".join(_csv_line(cells, _NEEDS_QUOTES) for cells in rows)


def _csv_line(cells: Sequence[str], needs_quotes: re.Pattern[str]) -> str:
    """One line. A lone CR is quoted like any line end, which the csv module of older Pythons leaves bare."""
    safe = [quoted(cell) for cell in cells]
    line = ",".join('"' + cell.replace('"', '""') + '"' if needs_quotes.search(cell) else cell for cell in safe)
    return (line or '""') + "\n"


def field_text(field: Field, value: Any) -> str:
    """One column of a hospital value as its cell."""
    is_inside = isinstance(value, Booking) and field.name not in OF_BOOKING
    owner = value.appointment if is_inside else value
    found = getattr(owner, field.target)
    if found is None or found == "":
        return ""
    match field.type:
        case FieldType.MOMENT:
            return iso(found)
        case FieldType.TIME:
            return clock_time(found)
        case FieldType.YES_NO:
            return "yes" if found else "no"
        case FieldType.WEEKDAYS:
            return " ".join(WEEKDAY_NAMES[day] for day in (found if isinstance(found, tuple) else (found,)))
        case FieldType.WINDOWS:
            return "; ".join(f"{iso(start)}/{iso(end)}" for start, end in found)
        case FieldType.HOURS:
            return " ".join(f"{clock_time(low)}-{clock_time(high)}" for low, high in found)
        case FieldType.CODES | FieldType.IDS:
            return " ".join(found if isinstance(found, tuple) else sorted(found))
    return cell_text(found)


def people_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Any table as CSV for people: UTF-8 with BOM, as Excel and WPS expect it; times as the wall clock shows them."""
    text = table_csv(header, ([_for_people(cell) for cell in row] for row in rows))
    return codecs.BOM_UTF8 + text.encode("utf-8")


def _for_people(value: Any) -> str:
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else cell_text(value)


def cell_text(value: Any) -> str:
    """Any value of ours as text: numbers without a needless point, times in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else str(value)
