"""A session is given on a station of the patient's zone; a station serves another zone only while it is released to it by name."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each session on stations that ever serve its zone, and these closed to it while they serve another."""
    zones = sorted({patient.zone for patient in problem.patients})
    tasks = {zone: [t for t, patient in enumerate(problem.patient_of) if patient.zone == zone] for zone in zones}
    served = [terms.zone_spans(problem, station) for station in problem.stations]
    for zone in zones:
        fitting = [resource for resource, spans in enumerate(served) if any(name == zone for _, _, name in spans)]
        for task in tasks[zone]:
            model.only_on(task, fitting)
    for resource, spans in enumerate(served):
        for low, high, zone in spans if len(spans) > 1 else ():
            model.block(resource, [(low, high)], but_for=tasks.get(zone, ()))


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on a station that serves another zone during it."""
    served = [terms.zone_spans(problem, station) for station in problem.stations]
    for task, place in terms.placed(plan):
        zone, end = problem.patient_of[task].zone, place.start + problem.durations[task]
        for low, high, name in served[place.resource]:
            if name != zone and place.start < high and low < end:
                yield terms.one(problem, "zone", task, place, values={"zone": zone, "station_zone": name})
                break


RULE = Rule(id="zone", source="infection status; stations; releases", is_hard=True, post=post, check=check)
