"""How the pharmacy's commands are carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from hospital.errors import BadInput, Conflict, PlanRefused, WrongState
from hospital.pharmacy import Delivery
from planning.areas import FORECASTS
from planning.commands import Command
from planning.desk import Desk, UseCase
from planning.pharmacy.asked import AcceptOrder, RequestForecast
from planning.pharmacy.desk import PharmacyDesk, pharmacy_desk
from planning.pharmacy.proposal import quantity, with_quantity
from planning.pharmacy.records import AREA, rows_of
from planning.pharmacy.views import LineView, line_of
from planning.rows import Forecast, Job
from scheduler.orders.choices import Case
from scheduler.orders.verify import violations

LIMIT_S = 120.0
"""A forecast of 400 items takes a few seconds; past this it is stopped."""


def queue_forecast(desk: Desk, command: RequestForecast) -> Job:
    """Stores a queued job: the row is its own outbox, the relay rings for it."""
    if command.area not in FORECASTS:
        raise BadInput("unknown_area", id=command.area, expected=", ".join(FORECASTS))
    if not 0 <= command.seed < 2**63:
        raise BadInput("bad_seed", found=command.seed)
    state = desk.work.sites.area(desk.site_id, command.area, lock=True)
    job = Job(
        id=uuid4().hex,
        site_id=desk.site_id,
        area=command.area,
        state="queued",
        author_id=desk.actor.account_id,
        author=desk.actor.name,
        requested=desk.now,
        limit_s=LIMIT_S,
        seed=command.seed,
        base=state.head,
    )
    desk.work.jobs.add(job)
    desk.trail.facts["job"] = job.id
    return job


def _request(desk: Desk, command: RequestForecast, _: Any) -> str:
    if command.area != AREA:
        return queue_forecast(desk, command).id
    site = pharmacy_desk(desk).site
    if not site.items:
        raise BadInput("pharmacy_no_items")
    if not site.usage.items:
        raise BadInput("pharmacy_no_issues")
    return queue_forecast(desk, command).id


def _judged(desk: Desk, command: AcceptOrder) -> tuple[LineView, ...]:
    """The lines with the buyer's quantities, verified by every hard rule; on a reading view, since it takes a second."""
    there = pharmacy_desk(desk)
    kept = _current(there, command)
    lines = tuple(line_of(row) for row in kept.result["lines"])
    known = {line.item for line in lines}
    for item, packs in command.packs.items():
        if item not in known:
            raise BadInput("unknown_id", kind="item", id=item)
        if type(packs) is not int or packs < 0:
            raise BadInput("pharmacy_bad_packs", found=packs)
    shelf = there.shelf()
    chosen = tuple(
        with_quantity(line, quantity(shelf, line.item, command.packs[line.item]), is_advised=False)
        if command.packs.get(line.item, line.packs) != line.packs
        else line
        for line in lines
    )
    packs_of = {line.item: line.packs for line in chosen}
    problem = shelf.problem({line.item: line.packs for line in chosen if line.is_set_by_hand})
    broken = violations(Case(problem), tuple(packs_of.get(item.id, 0) for item in problem.items))
    if broken:
        rules = ", ".join(sorted({match.rule for match in broken}))
        raise PlanRefused("plan_refused", matches=broken, count=len(broken), rules=rules)
    return chosen


def _current(there: PharmacyDesk, command: AcceptOrder) -> Forecast:
    """The newest forecast, if it is the one that the buyer saw, fresh, and open."""
    kept = there.forecast
    if kept is None:
        raise WrongState("no_forecast")
    if kept.number != command.number:
        raise Conflict("plan_changed", number=kept.number)
    if kept.accepted_at is not None:
        raise WrongState("order_accepted", number=kept.number, name=kept.accepted_by)
    if there.is_old:
        raise Conflict("forecast_old", number=kept.number)
    return kept


def _accept(desk: Desk, command: AcceptOrder, lines: tuple[LineView, ...]) -> int:
    state = desk.work.sites.area(desk.site_id, AREA, lock=True)
    there = pharmacy_desk(desk)
    kept = _current(there, command)
    order = {"lines": [line.as_json() for line in lines], "reason": command.reason}
    if not desk.work.forecasts.accept(kept, by=desk.actor.name, at=desk.now, order=order):
        raise WrongState("order_accepted", number=kept.number, name=kept.accepted_by or "")
    ordered = [line for line in lines if line.packs]
    rows = [
        Delivery(
            order=f"F{kept.number}-{line.item}",
            item=line.item,
            supplier=line.supplier,
            ordered=there.today,
            packs=line.packs,
        )
        for line in ordered
    ]
    source = f"order {kept.number}"
    desk.work.records.put(desk.site_id, AREA, rows_of("drug_deliveries", rows, source=source, at=desk.now))
    desk.work.sites.save_area(replace(state, data_revision=state.data_revision + 1))
    by_hand = {line.item: line.packs for line in lines if line.is_set_by_hand}
    desk.trail.facts |= {
        "lines": len(ordered),
        "by_hand": by_hand,
        "value": round(sum(row.value for row in ordered), 2),
    }
    return len(ordered)


USE_CASES: dict[type[Command], UseCase] = {
    RequestForecast: UseCase(_request),
    AcceptOrder: UseCase(_accept, ready=_judged),
}
