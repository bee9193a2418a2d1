"""An examination is made on a scanner that can make it: modality, field strength, features, wished scanners, site."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Each task on its fitting scanners only."""
    for task, resources in enumerate(terms.fitting(problem)):
        model.only_on(task, resources)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment on a scanner that lacks something the examination needs."""
    rooms = problem.rooms
    for case, site, place in zip(problem.cases, terms.sites(problem), plan.places, strict=True):
        if place is None:
            continue
        room = rooms[place.resource]
        lacks = _lacking(room, case, site)
        if lacks:
            yield Match(
                rule="fits",
                is_hard=True,
                requests=(case.id,),
                resources=(room.id,),
                start=place.start,
                end=place.start + case.minutes,
                amount=len(lacks),
                values={"request": case.id, "scanner": room.id, "lacks": ", ".join(lacks)},
            )


def _lacking(room: Room, case: Case, site: str) -> list[str]:
    lacks: list[str] = []
    if case.modality != room.modality:
        lacks.append(case.modality.value)
    if case.min_field_strength_t > room.field_strength_t:
        lacks.append(f"{case.min_field_strength_t:g} T")
    if not case.features <= room.features:
        lacks.extend(sorted(case.features - room.features))
    if case.scanners and room.id not in case.scanners:
        lacks.append("/".join(sorted(case.scanners)))
    if site and room.site != site:
        lacks.append(site)
    return lacks


RULE = Rule(id="fits", source="examination catalogue and scanner list", is_hard=True, post=post, check=check)
