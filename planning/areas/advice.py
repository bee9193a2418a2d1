"""The kernel's advice as pages read it, for every area whose tasks the kernel knows."""

from __future__ import annotations

from hospital.plans import Appointment
from planning.views import PlaceView, SlotView
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.replan.recommend import slots


def place_view(row: Appointment) -> PlaceView:
    """Where and when an appointment is."""
    return PlaceView(resource=row.resource, start=row.start, end=row.end, session=row.session)


def kernel_slots(problem: Problem, plan: Plan, name: str, *, count: int, max_moved: int) -> tuple[SlotView, ...]:
    """The cheapest places of one task. Raises UnknownId."""
    return tuple(
        SlotView(
            resource=slot.resource,
            start=slot.start,
            end=slot.end,
            price=slot.price,
            cost_by_rule=slot.cost_by_rule,
            moved=tuple((row.request, place_view(row)) for row in slot.moved),
            is_present=slot.is_present,
        )
        for slot in slots(problem, plan, name, count=count, max_moved=max_moved)
    )
