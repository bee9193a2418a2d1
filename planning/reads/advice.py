"""Questions to the engine about one request: three good slots, a drag before letting go, why here, why not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hospital.errors import BadInput
from hospital.facts import Fact
from planning import queries as q
from planning.desk import Desk
from planning.handlers.edits import check_name, place_of, task_of
from planning.reads.plans import read_version
from planning.reads.rows import match_rows
from planning.situation import PlanReading, Situation
from planning.views import MovePreviewView, SlotView
from scheduler.kernel.plan import Plan
from scheduler.kernel.score import violations

_MOST_SLOTS = 10
_MOST_MOVED = 2
_MOST_SECONDS = 20.0


def _reading(desk: Desk, area: str, number: int) -> tuple[Situation, PlanReading]:
    """The situation and what the rules say of a version in it; 0 is what the hospital had booked before any version."""
    situation = desk.situation(area)
    version = None if number == 0 else desk.version(area, number)
    return situation, read_version(desk, situation, version)[1]


def _plan(desk: Desk, area: str, number: int) -> tuple[Situation, Plan]:
    situation, reading = _reading(desk, area, number)
    return situation, reading.plan


def _slots(desk: Desk, query: q.Slots) -> tuple[SlotView, ...]:
    if not 1 <= query.count <= _MOST_SLOTS or not 0 <= query.max_moved <= _MOST_MOVED:
        raise BadInput("bad_slot_question", expected=f"1-{_MOST_SLOTS}, 0-{_MOST_MOVED}")
    situation, plan = _plan(desk, query.area, query.version)
    check_name(situation, query.name)
    return situation.area.slots(situation.problem, plan, query.name, count=query.count, max_moved=query.max_moved)


def _move_preview(desk: Desk, query: q.MovePreview) -> MovePreviewView:
    """What the drop would do, told quickly enough for the moving mouse."""
    situation, before = _reading(desk, query.area, query.version)
    task, place = task_of(situation, query.task_id), place_of(situation, query.resource, query.start)
    area, problem = situation.area, situation.problem
    shown = area.preview(problem, before.plan, task, place)
    broken = shown.violations
    if before.broken and not broken:  # the drop is refused as long as anything in the plan is wrong
        after = before.plan.placed(task, place)
        broken = violations(area.decided(problem, after), after)
    return MovePreviewView(
        is_allowed=not broken,
        violations=match_rows(situation, sorted(broken, key=lambda match: query.task_id not in match.requests)),
        price=shown.price,
        cost_by_rule=shown.cost_by_rule,
        end=problem.clock.moment(place.start + problem.durations[task]),
    )


def _why(desk: Desk, query: q.Why) -> tuple[Fact, ...]:
    situation, plan = _plan(desk, query.area, query.version)
    check_name(situation, query.name)
    return situation.area.why(situation.problem, plan, query.name)


def _why_not(desk: Desk, query: q.WhyNot) -> Any:
    situation, plan = _plan(desk, query.area, query.version)
    check_name(situation, query.name)
    seconds = max(0.5, min(query.seconds, _MOST_SECONDS))
    return situation.area.why_not(
        situation.problem, plan, query.name, resource=query.resource, start=query.start, seconds=seconds
    )


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.Slots: _slots,
    q.MovePreview: _move_preview,
    q.Why: _why,
    q.WhyNot: _why_not,
}
