"""Plans of the samples without a rule, or with another weight: found by a fixed number of search steps, so no clock takes part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

import numpy as np

from hospital.resources import Modality
from hospital.sites import ImagingSite
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import RULES
from scheduler.kernel.outcome import Step
from scheduler.kernel.parts import Track, run_alone
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.kernel.search import arrays_of_plan, plan_of_arrays
from scheduler.kernel.solve import first_plan
from scheduler.kernel.tables import tables_of

_ROUNDS = 8


@dataclass(frozen=True, kw_only=True)
class _Without(ImagingProblem):
    """The problem as an engine would see it that does not know one rule."""

    omitted: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in RULES if rule.id != self.omitted)


def without(problem: ImagingProblem, rule: str) -> ImagingProblem:
    """The same problem, one rule forgotten."""
    return _Without(omitted=rule, **{field.name: getattr(problem, field.name) for field in fields(ImagingProblem)})


def settled(problem: ImagingProblem, *, iterations: int, seed: int = 1, begin: Plan | None = None) -> Plan:
    """The best plan after so many search steps from ``begin`` (none: the first plan), cooling down."""
    tables = tables_of(problem)
    track = Track.at(first_plan(problem, tables))
    if begin is not None:
        track.start, track.resource = arrays_of_plan(begin, tables.grid)
    hottest = float(np.median(tables.left_out)) / 100
    for number in range(_ROUNDS):
        heat = hottest * 0.3**number
        step = Step("alone", seed * 1000 + number, iterations // _ROUNDS, (heat, heat))
        run_alone(tables, track, step)
    return plan_of_arrays(problem, track.best_start, track.best_resource)


def part_of(site: ImagingSite, modalities: Collection[Modality]) -> ImagingSite:
    """The site with the scanners of some modalities only, and what is asked of them."""
    scanners = {scanner.id for scanner in site.scanners if scanner.modality in modalities}
    examinations = {row.id for row in site.examinations if row.modality in modalities}
    requests = tuple(row for row in site.requests if row.examination in examinations)
    return replace(
        site,
        scanners=tuple(row for row in site.scanners if row.id in scanners),
        opening=tuple(row for row in site.opening if row.scanner in scanners),
        closures=tuple(row for row in site.closures if row.scanner in scanners),
        reservations=tuple(row for row in site.reservations if row.scanner in scanners),
        examinations=tuple(row for row in site.examinations if row.id in examinations),
        requests=requests,
        bookings=tuple(row for row in site.bookings if row.appointment.resource in scanners),
    )
