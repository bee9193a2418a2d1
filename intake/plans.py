"""plan.csv: the columns request, session, resource, start, end, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from hospital.errors import BadInput
from hospital.plans import Appointment
from intake.csvfile import read_csv
from intake.export import table_csv
from intake.fields import Table
from intake.header import match_columns, missing_fields
from intake.limits import MAX_BYTES
from intake.quarantine import RefusedRow
from intake.rows import read_rows
from intake.schema_requests import BOOKED
from intake.times import iso

COLUMNS = ("request", "session", "resource", "start", "end")
_PLAN = Table(
    kind="booked",
    attribute="bookings",
    type=Appointment,
    make=BOOKED.make,
    aliases=(),
    key=BOOKED.key,
    fields=tuple(field for field in BOOKED.fields if field.name in COLUMNS),
)


@dataclass(frozen=True, kw_only=True)
class PlanRows:
    """A plan as read: its appointments and the rows set aside."""

    appointments: tuple[Appointment, ...]
    refused: tuple[RefusedRow, ...] = ()


def plan_csv(appointments: Iterable[Appointment]) -> str:
    """The appointments as CSV text: session 1 where there is one, ISO 8601 with offset."""
    rows = ([a.request, str(a.session), a.resource, iso(a.start), iso(a.end)] for a in appointments)
    return table_csv(COLUMNS, rows)


def write_plan_csv(place: str | Path | IO[str], appointments: Iterable[Appointment]) -> None:
    """The appointments written to a file or to an open text buffer."""
    text = plan_csv(appointments)
    if isinstance(place, str | Path):
        Path(place).write_bytes(text.encode("utf-8"))
    else:
        place.write(text)


def read_plan_csv(place: str | Path | bytes | IO[str], *, timezone: str) -> PlanRows:
    """The appointments of a plan.csv; ``timezone`` is the site's, for times without offset.

    Raises BadInput where the file as a whole is not a plan; single rows are refused in the result. Whether requests and
    scanners are known is for the problem to say: a plan is read without its site.
    """
    file, content = _named(place)
    sheet = read_csv(file, content, "booked")
    columns = match_columns(sheet.header, "booked")
    missing = missing_fields(columns, "booked")
    if missing:
        raise BadInput("missing_columns", where=file, expected=", ".join(missing), found=", ".join(sheet.header)[:200])
    rows = read_rows(sheet, _PLAN, columns, zone=ZoneInfo(timezone), known={})
    return PlanRows(appointments=tuple(booking.appointment for booking in rows.values), refused=rows.refused)


def _named(place: str | Path | bytes | IO[str]) -> tuple[str, bytes]:
    if isinstance(place, bytes):
        return "plan.csv", place
    if not isinstance(place, str | Path):
        return "plan.csv", place.read().encode("utf-8")
    path = Path(place)
    if not path.is_file():
        raise BadInput("no_such_place", where=str(place))
    if path.stat().st_size > MAX_BYTES:
        found = path.stat().st_size // 1_000_000
        raise BadInput("file_too_large", where=path.name, expected=MAX_BYTES // 1_000_000, found=found)
    return path.name, path.read_bytes()
