"""A radiotherapy site as a folder that ``read_radiotherapy`` reads back equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hospital.radiotherapy import RadiotherapySite
from intake.export import table_csv
from intake.radiotherapy import COLUMNS, WEEKDAYS
from intake.settings import settings_toml
from intake.times import iso


def write_radiotherapy(folder: Path, site: RadiotherapySite) -> None:
    """One CSV file for each table, and site.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, Iterable[Sequence[str]]] = {
        "linacs": _linacs(site),
        "hours": _hours(site),
        "closures": ([row.linac, iso(row.start), iso(row.end), row.reason] for row in site.closures),
        "holidays": ([row.day.isoformat()] for row in site.holidays),
        "protocols": _protocols(site),
        "courses": _courses(site),
        "booked": (
            [a.request, str(a.session), a.resource, iso(a.start), iso(a.end)]
            for a in (booking.appointment for booking in site.bookings)
        ),
    }
    for kind, rows in tables.items():
        text = table_csv(COLUMNS[kind], [list(row) for row in rows])
        (folder / f"{kind}.csv").write_bytes(text.encode("utf-8"))
    (folder / "site.toml").write_bytes(settings_toml(site.settings).encode("utf-8"))


def _linacs(site: RadiotherapySite) -> Iterable[Sequence[str]]:
    for row in site.linacs:
        yield [
            *(row.id, row.name, row.site, _words(row.techniques), _words(row.energies), row.matched),
            str(row.overtime_max_min),
        ]


def _hours(site: RadiotherapySite) -> Iterable[Sequence[str]]:
    for row in site.hours:
        yield [row.linac, WEEKDAYS[row.weekday or 0], _clock(row.from_min), _clock(row.to_min)]


def _protocols(site: RadiotherapySite) -> Iterable[Sequence[str]]:
    for row in site.protocols:
        numbers = (
            row.priority,
            row.sessions,
            row.first_min,
            row.later_min,
            row.least_a_week,
            row.most_a_week,
            row.a_day,
        )
        starts = " ".join(WEEKDAYS[day] for day in sorted(row.start_weekdays)) if len(row.start_weekdays) < 7 else ""
        yield [
            *(row.id, *map(str, numbers), f"{row.gap_h:g}", starts, str(row.preparation_days)),
            *(_words(words) for words in (row.techniques, row.energies, row.allowed, row.preferred)),
        ]


def _courses(site: RadiotherapySite) -> Iterable[Sequence[str]]:
    for row in site.courses:
        hours = " ".join(f"{_clock(low)}-{_clock(high)}" for low, high in row.hours)
        yield [
            *(row.id, row.patient, row.protocol, row.requested.isoformat()),
            *(row.ready.isoformat() if row.ready else "", _number(row.target_days), _number(row.sessions)),
            *(hours, row.follows, "yes" if row.is_over else "no"),
        ]


def _words(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
