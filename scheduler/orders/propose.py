"""Today's orders: the verified quantities of all items, and for each line what a buyer wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hospital.errors import UnknownId
from hospital.facts import POINT, Fact
from scheduler.orders.choices import Case
from scheduler.orders.levels import room
from scheduler.orders.outlook import Outlook, outlook
from scheduler.orders.problem import OrderItem, OrdersProblem
from scheduler.orders.program import Program
from scheduler.orders.rule import Packs
from scheduler.orders.rules import RULES
from scheduler.orders.verify import VerifiedOrder, verify


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item of the proposal.

    ``needed_by`` is the coming day on which the shelf would fail at the accepted risk if nothing were ordered (None = not within
    the horizon); ``before`` is what comes of ordering nothing, ``after`` of ordering ``packs``; ``arrives`` the coming day of
    arrival in the middle path. ``reason`` is a fact ``pharmacy.reason_...`` with its numbers."""

    item: OrderItem
    packs: int
    advised: int
    accepted: float
    level: float
    up_to: float
    needed_by: int | None
    arrives: int
    before: Outlook
    after: Outlook
    reason: Fact


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The lines of all items, those to order first and the most pressing of them at the top, the verified order, its proven bound in points
    and the seconds it took."""

    lines: tuple[Line, ...]
    order: VerifiedOrder
    bound: float
    seconds: float

    @property
    def ordered(self) -> tuple[Line, ...]:
        """The lines with something to order."""
        return tuple(line for line in self.lines if line.packs)

    @property
    def value(self) -> float:
        """Money of all lines."""
        return sum(line.item.value(line.packs) for line in self.lines)


def propose(problem: OrdersProblem, *, seconds: float = 10.0, seed: int = 1) -> Proposal:
    """The cheapest verified quantities found in time.

    Where what the buyer has fixed breaks a rule by itself, PlanRefused says which; nothing at all is always allowed otherwise.
    """
    began = time.monotonic()
    case = Case(problem)
    program = Program(case)
    for rule in RULES:
        rule.post(case, program)
    found = program.solve(seconds, seed)
    packs, bound = found if found is not None else (_fixed_alone(case), 0.0)
    order = verify(case, packs)
    return Proposal(
        lines=tuple(sorted(_lines(case, packs), key=_pressing)),
        order=order,
        bound=bound / POINT,
        seconds=time.monotonic() - began,
    )


def risk(problem: OrdersProblem, item: str, packs: int) -> Outlook:
    """What comes of another quantity of one item, at once. Raises UnknownId for an item that is not there."""
    if item not in problem.index:
        raise UnknownId("unknown_id", kind="item", id=item)
    return outlook(problem.items[problem.index[item]], packs)


def with_fixed(problem: OrdersProblem, item: str, packs: int | None) -> OrdersProblem:
    """The problem after the buyer has set (or, with None, freed) one quantity."""
    others = {id_: num for id_, num in problem.fixed.items() if id_ != item}
    return replace(problem, fixed=others if packs is None else {**others, item: packs})


def _fixed_alone(case: Case) -> Packs:
    return tuple(case.problem.fixed.get(item.id, 0) for item in case.problem.items)


def _lines(case: Case, packs: Packs) -> Iterator[Line]:
    for at, (item, num) in enumerate(zip(case.problem.items, packs, strict=True)):
        advice = case.advice[at]
        horizon = item.demand.shape[1]
        arrives = sorted(item.arrives)[len(item.arrives) // 2]
        yield Line(
            item=item,
            packs=num,
            advised=advice.packs,
            accepted=advice.accepted,
            level=advice.level,
            up_to=advice.up_to,
            needed_by=advice.needed_by if advice.needed_by < horizon else None,
            arrives=int(arrives),
            before=case.outlook(at, 0),
            after=case.outlook(at, num),
            reason=_reason(case, at, num),
        )


def _pressing(line: Line) -> tuple[bool, int, float, str]:
    late = line.needed_by if line.needed_by is not None else 1 << 20
    return (line.packs == 0, late, -line.before.risk, line.item.id)


def _reason(case: Case, at: int, packs: int) -> Fact:
    """Why so much: the first of what holds, with the numbers it cites."""
    item, advice = case.problem.items[at], case.advice[at]
    before, after = case.outlook(at, 0), case.outlook(at, packs)
    values: dict[str, object] = {
        "packs": packs,
        "units": packs * item.pack_units,
        "advised": advice.packs,
        "stock": item.stock,
        "under_way": item.position - item.stock,
        "level": advice.level,
        "up_to": advice.up_to,
        "daily": item.mean_demand,
        "days_left": before.days_left,
        "risk": 100 * before.risk,
        "risk_after": 100 * after.risk,
        "accepted": 100 * advice.accepted,
        "expiring": after.expiring,
        "room": room(item) if room(item) is not None else 0,
    }
    return Fact(text_id=f"pharmacy.reason_{_why(case, at, packs)}", values=values)


def _why(case: Case, at: int, packs: int) -> str:
    item, advice = case.problem.items[at], case.advice[at]
    if item.id in case.problem.fixed:
        return "fixed"
    if item.mean_demand <= 0:
        return "unused"
    if not advice.is_due:
        if not packs:
            return "enough"
        before, after = case.outlook(at, 0).risk, case.outlook(at, packs).risk
        return "late" if before > advice.accepted and after < before else "joined"
    if not packs:
        if not item.can_order:
            return "no_order_day"
        return "no_room" if (room(item) or item.least_packs) < item.least_packs else "held_back"
    if packs < advice.packs:
        more = case.outlook(at, advice.packs).expiring - case.outlook(at, packs).expiring
        if more > 0.5:
            return "expiring"
        free = room(item)
        return "no_room" if free is not None and free < advice.packs else "cut"
    return "due" if item.position <= advice.level or item.fresh is not None else "late"
