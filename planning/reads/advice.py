"""Questions to the engine about one request: three good slots, a drag before letting go, why here, why not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hospital.errors import BadInput
from hospital.facts import Fact
from planning import queries as q
from planning.desk import Desk
from planning.handlers.edits import place_of, task_of
from planning.reads.plans import read_version
from planning.reads.rows import match_rows, place_view
from planning.situation import Situation
from planning.views import MovePreviewView, SlotView
from scheduler.kernel.plan import Plan
from scheduler.replan.recommend import Slot, slots

_MOST_SLOTS = 10
_MOST_MOVED = 2
_MOST_SECONDS = 20.0


def _plan(desk: Desk, area: str, number: int) -> tuple[Situation, Plan]:
    """The situation and a version's plan in it; 0 is what the hospital had booked before any version."""
    situation = desk.situation(area)
    version = None if number == 0 else desk.version(area, number)
    return situation, read_version(desk, situation, area, version)[1].plan


def _slots(desk: Desk, query: q.Slots) -> tuple[SlotView, ...]:
    if not 1 <= query.count <= _MOST_SLOTS or not 0 <= query.max_moved <= _MOST_MOVED:
        raise BadInput("bad_slot_question", expected=f"1-{_MOST_SLOTS}, 0-{_MOST_MOVED}")
    situation, plan = _plan(desk, query.area, query.version)
    task_of(situation, query.request_id)
    found = slots(situation.problem, plan, query.request_id, count=query.count, max_moved=query.max_moved)
    return tuple(_slot_view(slot) for slot in found)


def _slot_view(slot: Slot) -> SlotView:
    return SlotView(
        scanner=slot.resource,
        start=slot.start,
        end=slot.end,
        price=slot.price,
        cost_by_rule=slot.cost_by_rule,
        moved=tuple((row.request, place_view(row)) for row in slot.moved),
        is_present=slot.is_present,
    )


def _move_preview(desk: Desk, query: q.MovePreview) -> MovePreviewView:
    situation, plan = _plan(desk, query.area, query.version)
    task, place = task_of(situation, query.request_id), place_of(situation, query.scanner, query.start)
    from scheduler.explain import preview

    seen = preview(situation.problem, plan, query.request_id, query.scanner, query.start)
    return MovePreviewView(
        is_allowed=not seen.violations,
        violations=match_rows(situation, seen.violations),
        price=seen.price,
        cost_by_rule=seen.cost_by_rule,
        end=situation.problem.clock.moment(place.start + situation.problem.durations[task]),
    )


def _why(desk: Desk, query: q.Why) -> tuple[Fact, ...]:
    situation, plan = _plan(desk, query.area, query.version)
    task_of(situation, query.request_id)
    from scheduler.explain import why

    return tuple(why(situation.problem, plan, query.request_id))


def _why_not(desk: Desk, query: q.WhyNot) -> Any:
    situation, plan = _plan(desk, query.area, query.version)
    task_of(situation, query.request_id)
    seconds = max(0.5, min(query.seconds, _MOST_SECONDS))
    from scheduler.explain import why_not

    return why_not(situation.problem, plan, query.request_id, scanner=query.scanner, start=query.start, seconds=seconds)


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.Slots: _slots,
    q.MovePreview: _move_preview,
    q.Why: _why,
    q.WhyNot: _why_not,
}
