"""What the commands of an area work on: the folder's site, its problem, a plan file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from cli.doing import warn, words
from cli.terminal import terminal_language
from hospital.changes import Change, changes_from_json
from hospital.clock import localise
from hospital.errors import BadInput
from hospital.plans import Appointment
from hospital.sites import ImagingSite
from intake.folder import read_site
from intake.plans import read_plan_csv, write_plan_csv
from scheduler.imaging.build import appointments_of, build
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Plan

AREAS = ("imaging",)
_SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What was asked for on the command line: area, folder, and how to read it."""

    area: str
    folder: Path
    changes: Path | None = None
    reference: Path | None = None
    now: str | None = None
    preset: str | None = None


SiteT = TypeVar("SiteT")
ProblemT = TypeVar("ProblemT")


@dataclass(frozen=True, slots=True)
class Opened(Generic[SiteT, ProblemT]):
    """The folder's site and the problem it makes."""

    site: SiteT
    problem: ProblemT


def opened(ask: Ask) -> Opened[ImagingSite, ImagingProblem]:
    """The problem of the folder. Rows that were set aside are told on stderr; the good ones go on.

    Raises BadInput for an area there is not, a folder or file that cannot be read, a change that means nothing here.
    """
    if ask.area not in AREAS:
        raise BadInput("unknown_area", id=ask.area, expected=", ".join(AREAS))
    batch = read_site(ask.folder)
    tell_refused([row.sentence(terminal_language()) for row in batch.refused])
    site = batch.value
    zone = site.settings.timezone
    reference = read_plan(ask.reference, zone) if ask.reference else None
    problem = build(site, now=_now(ask, site), changes=read_changes(ask, zone), reference=reference, preset=ask.preset)
    return Opened(site, problem)


def read_changes(ask: Ask, zone: str) -> tuple[Change, ...]:
    """The changes of the file, none without one. Raises BadInput."""
    return changes_from_json(read_json(ask.changes), timezone=zone) if ask.changes else ()


def read_plan(path: Path, zone: str) -> tuple[Appointment, ...]:
    """The appointments of a plan file; times without an offset are the zone's. Raises BadInput where a row cannot be read: half a
    plan is none."""
    rows = read_plan_csv(path, timezone=zone)
    if rows.refused:
        raise BadInput("plan_row", text=rows.refused[0].sentence(terminal_language()))
    return rows.appointments


def write_plan(path: Path, problem: ImagingProblem, plan: Plan) -> None:
    """The plan as a file that ``read_plan`` reads."""
    write_plan_csv(path, appointments_of(problem, plan))


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises BadInput with the place of the fault."""
    if not path.is_file():
        raise BadInput("no_such_place", where=str(path))
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "UTF-8"
        raise BadInput("bad_json", where=path.name, found=place) from None


def read_moment(text: str, zone: str) -> datetime:
    """A time from the command line, the zone's where it has no offset. Raises BadInput."""
    try:
        return localise(datetime.fromisoformat(text), zone)
    except ValueError:
        raise BadInput("bad_time", found=text) from None


def tell_refused(sentences: Sequence[str]) -> None:
    """The rows that were set aside, the first of them in words."""
    if sentences:
        warn(words("refused", num=len(sentences)))
    for sentence in sentences[:_SHOWN_ROWS]:
        warn(f"  {sentence}")


def _now(ask: Ask, site: ImagingSite) -> datetime:
    if ask.now is not None:
        return read_moment(ask.now, site.settings.timezone)
    return site.settings.now or datetime.now(UTC)
