"""The context of a loaded site: what people there may speak of, from the data the solvers know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from hospital.dialysis import DialysisSite
from hospital.plans import Appointment
from hospital.radiotherapy import RadiotherapySite
from hospital.sites import ImagingSite
from llm_planner.context import Context, Thing

Site = ImagingSite | DialysisSite | RadiotherapySite


def context_of(site: Site, *, now: datetime, plan: Iterable[Appointment] = ()) -> Context:
    """What a text may speak of at this site, with where the plan's appointments stand; ``now`` is aware."""
    planned = {row.request: row.start for row in plan}
    things = (
        _imaging(site, planned)
        if isinstance(site, ImagingSite)
        else _dialysis(site)
        if isinstance(site, DialysisSite)
        else _radiotherapy(site, planned)
    )
    return Context(now=now, things=(*things, *_plans()))


def _imaging(site: ImagingSite, planned: dict[str, datetime]) -> Iterator[Thing]:
    for scanner in site.scanners:
        yield Thing(
            id=scanner.id, kind="resource", names=(scanner.name,), area="imaging", service=str(scanner.modality.value)
        )
    examinations = {one.id: one for one in site.examinations}
    starts: dict[str, datetime] = {}
    for request in site.requests:
        if request.id in planned:
            starts.setdefault(request.patient, planned[request.id])
    for patient in dict.fromkeys(request.patient for request in site.requests):
        yield Thing(id=patient, kind="patient", area="imaging", start=starts.get(patient), is_planned=patient in starts)
    for request in site.requests:
        exam = examinations.get(request.examination)
        yield Thing(
            id=request.id,
            kind="patient",
            area="imaging",
            service=str(exam.modality.value) if exam else None,
            start=planned.get(request.id),
            is_planned=request.id in planned,
        )
    for role in dict.fromkeys(shift.role for shift in site.shifts):
        yield Thing(id=role, kind="staff", names=(role,), area="imaging", role=role)


def _dialysis(site: DialysisSite) -> Iterator[Thing]:
    for station in site.stations:
        yield Thing(id=station.id, kind="resource", area="dialysis", service="HD", note=station.zone)
    for patient in site.patients:
        yield Thing(
            id=patient.id,
            kind="patient",
            area="dialysis",
            service="HD",
            is_planned=bool(patient.pattern),
            note=patient.zone,
        )


def _radiotherapy(site: RadiotherapySite, planned: dict[str, datetime]) -> Iterator[Thing]:
    for linac in site.linacs:
        yield Thing(id=linac.id, kind="resource", names=(linac.name,), area="radiotherapy", service="LINAC")
    for patient in dict.fromkeys(course.patient for course in site.courses):
        yield Thing(id=patient, kind="patient", area="radiotherapy", service="LINAC", is_planned=True)
    for course in site.courses:
        yield Thing(id=course.id, kind="patient", area="radiotherapy", service="LINAC", is_planned=course.id in planned)


def _plans() -> tuple[Thing, ...]:
    return (
        Thing(id="current", kind="plan", names=("当前方案", "the plan on screen")),
        Thing(id="published", kind="plan", names=("已发布方案", "the published plan")),
    )
