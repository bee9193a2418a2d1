"""A session is given on a station that can do it: haemodiafiltration where ordered, a bed for who must lie."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each session on its fitting stations only."""
    fitting = {
        (is_hdf, needs_bed): [
            resource
            for resource, station in enumerate(problem.stations)
            if station.is_hdf >= is_hdf and station.has_bed >= needs_bed
        ]
        for is_hdf in (False, True)
        for needs_bed in (False, True)
    }
    for task, patient in enumerate(problem.patient_of):
        if patient.is_hdf or patient.needs_bed:
            model.only_on(task, fitting[patient.is_hdf, patient.needs_bed])


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on a station that lacks something."""
    for task, place in terms.placed(plan):
        patient, station = problem.patient_of[task], problem.stations[place.resource]
        lacks = ["HDF"] if patient.is_hdf and not station.is_hdf else []
        lacks += ["bed"] if patient.needs_bed and not station.has_bed else []
        if lacks:
            yield terms.one(problem, "station_fits", task, place, values={"lacks": ", ".join(lacks)})


RULE = Rule(id="station_fits", source="prescription, mobility; stations", is_hard=True, post=post, check=check)
