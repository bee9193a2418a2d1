"""A change tried on a copy: whom it touches, and what planning around it would move and cost. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hospital.changes import Change, change_to_json
from hospital.facts import Match
from hospital.plans import Appointment, Booking
from planning.areas.advice import place_view
from planning.asking.views import PreviewView, TouchedRow
from planning.desk import Desk
from planning.difference import pairs
from planning.rows import RecordedChange
from planning.situation import Situation, build_problem, read_plan, resolved
from planning.views import MovedRow
from scheduler.kernel.solve import Settings

MOST_SECONDS = 5.0


def on_newest(desk: Desk, area: str) -> Situation:
    """The area as it stands; where nothing is published yet, with the newest version as if it were in force."""
    from planning.reads.plans import newest

    there = desk.situation(area)
    version = None if there.published is not None else newest(desk, area)
    if version is None:
        return there
    rows = desk.situations.rows(desk.work, version)
    return replace(there, reference=tuple(Booking(appointment=row) for row in rows))


def preview_of(there: Situation, changes: Sequence[Change], *, seconds: float) -> PreviewView:
    """The changes on a copy of the situation; solved for so many seconds (0 = not). Raises what recording them would raise."""
    copy = _with(there, resolved(there, changes))
    rows = tuple(row.appointment for row in there.reference)
    touched = _touched(there, copy, rows)
    if not rows or seconds <= 0:
        return PreviewView(is_in_force=bool(rows), touched=touched)
    return _solved(there, copy, rows, touched, min(seconds, MOST_SECONDS))


def _with(there: Situation, kept: Sequence[Change]) -> Situation:
    first = 1 + max((row.number for row in there.changes), default=0)
    new = [_row(there, change, first + index) for index, change in enumerate(kept)]
    made = None if there.published is None else there.published.created
    site = replace(there.site, bookings=there.reference)
    problem = build_problem(there.area, site, there.now, [*there.active, *new], made=made)
    return replace(there, problem=problem, changes=(*there.changes, *new))


def _row(there: Situation, change: Change, number: int) -> RecordedChange:
    return RecordedChange(
        id=f"preview-{number}",
        site_id=there.built_from.site_id,
        area=there.area.name,
        number=number,
        intent=change.intent,
        payload=change_to_json(change),
        author_id="",
        author="",
        reason="",
        at=there.now,
    )


def _touched(there: Situation, copy: Situation, rows: Sequence[Appointment]) -> tuple[TouchedRow, ...]:
    """Appointments that break a hard rule with the change and did not before."""
    from planning.reads.rows import abouts_of, match_rows

    before = {(match.rule, match.requests) for match in read_plan(there, there.plan(rows)).broken}
    new = [m for m in read_plan(copy, copy.plan(rows)).broken if (m.rule, m.requests) not in before]
    by_task: dict[str, list[Match]] = {}
    for match in new:
        for name in match.requests:
            by_task.setdefault(name, []).append(match)
    abouts, found = abouts_of(there), []
    for row in rows:
        name = there.area.task_id(row)
        about = abouts.of(name) if name in by_task else None
        if about is not None:
            matches = match_rows(copy, by_task[name])
            found.append(TouchedRow(about=about, place=place_view(row), matches=matches))
    return tuple(found)


def _solved(
    there: Situation, copy: Situation, rows: Sequence[Appointment], touched: tuple[TouchedRow, ...], seconds: float
) -> PreviewView:
    from planning.reads.rows import abouts_of

    area: Any = copy.area
    outcome = area.solve(area.keeping(copy.problem), Settings(seconds=seconds, threads=1), 1)
    after = area.appointments_of(copy.problem, outcome.plan.plan)
    old_about, new_about = abouts_of(there), abouts_of(copy)
    moved = []
    for name, (old, new) in pairs(area, rows, after).items():
        about = old_about.of(name) or new_about.of(name)
        if about is not None:
            places = [None if row is None else place_view(row) for row in (old, new)]
            moved.append(MovedRow(about=about, old=places[0], new=places[1]))
    return PreviewView(
        is_in_force=True,
        touched=touched,
        is_solved=True,
        moved=tuple(row for row in moved if row.old is not None and row.new is not None),
        added=tuple(row for row in moved if row.old is None),
        dropped=tuple(row for row in moved if row.new is None),
        cost_before=read_plan(there, there.plan(rows)).score.points,
        cost_after=read_plan(copy, outcome.plan.plan).score.points,
    )
