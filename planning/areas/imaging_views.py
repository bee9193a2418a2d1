"""Imaging's values as pages read them: examinations, scanners, emergencies without a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from hospital.clock import Span, subtract
from hospital.plans import Appointment
from hospital.requests import Examination, Mobility, Request, RequestClass
from hospital.resources import ClosureKind
from planning.actors import Role
from planning.views import AlertView, ImagingRequestView, ResourceView, SpanView
from scheduler.imaging.drafting.demand import MADE
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.kernel.plan import Plan

if TYPE_CHECKING:
    from planning.situation import Situation


def abouts(situation: Situation) -> Callable[[str], ImagingRequestView | None]:
    """What is known of each request: as the problem has it, else as the data say."""
    problem: ImagingProblem = situation.problem
    requests: Mapping[str, Request] = situation.requests
    examinations: Mapping[str, Examination] = {
        examination.id: examination for examination in situation.site.examinations
    }

    def about(name: str) -> ImagingRequestView | None:
        task, request = problem.task_of.get(name), requests.get(name)
        if task is not None:
            return _of_case(problem, problem.cases[task], request, examinations)
        return None if request is None else _of_request(request, examinations)

    return about


def _names(examination: str, known: Examination | None) -> tuple[str, str]:
    if known is None:
        return examination, examination
    return known.name_en or known.id, known.name_zh or known.id


def _of_case(
    problem: ImagingProblem, case: Case, request: Request | None, examinations: Mapping[str, Examination]
) -> ImagingRequestView:
    moment = problem.clock.moment
    title_en, title_zh = _names(case.examination, examinations.get(case.examination))
    return ImagingRequestView(
        task=case.id,
        request=case.id,
        patient=case.patient,
        title_en=title_en,
        title_zh=title_zh,
        examination=case.examination,
        group=case.modality.value,
        rclass=case.rclass.value,
        ward=case.ward,
        minutes=case.minutes,
        requested=None if request is None else request.requested,
        earliest=moment(case.earliest),
        target=None if case.target is None else moment(case.target),
        latest=None if case.latest is None else moment(case.latest),
        mobility=case.mobility.value,
        is_isolated=case.is_isolated,
        is_sedated="sedation" in case.features,
        is_fasting=case.is_fasting,
    )


def _of_request(request: Request, examinations: Mapping[str, Examination]) -> ImagingRequestView:
    examination = examinations.get(request.examination)
    title_en, title_zh = _names(request.examination, examination)
    return ImagingRequestView(
        task=request.id,
        request=request.id,
        patient=request.patient,
        title_en=title_en,
        title_zh=title_zh,
        examination=request.examination,
        group="" if examination is None else examination.modality.value,
        rclass=request.rclass.value,
        ward=request.ward,
        minutes=request.minutes or (0 if examination is None else examination.median_min),
        requested=request.requested,
        earliest=request.earliest,
        target=request.target,
        latest=request.latest,
        mobility=request.mobility.value,
        is_isolated=request.is_isolated,
        is_sedated=request.is_sedated,
        is_fasting=examination is not None and examination.is_fasting,
    )


def recorded_here(situation: Situation, row: Appointment) -> ImagingRequestView | None:
    """What is still known of a request that was recorded here and is no longer planned, because its patient did not come: the
    mark must stay in sight, and it must be possible to take it back. None for any other request."""
    problem: ImagingProblem = situation.problem
    room = next((room for room in problem.rooms if room.id == row.resource), None)
    if room is None or not row.request.startswith(MADE):
        return None
    modality = room.modality.value
    return ImagingRequestView(
        task=row.request,
        request=row.request,
        patient="",
        title_en=modality,
        title_zh=modality,
        examination=modality,
        group=modality,
        rclass=RequestClass.EMERGENCY.value,
        ward="",
        minutes=int((row.end - row.start).total_seconds() // 60),
        requested=None,
        earliest=row.start,
        target=None,
        latest=None,
        mobility=Mobility.WALKING.value,
        is_isolated=False,
        is_sedated=False,
        is_fasting=False,
    )


def scanners(situation: Situation) -> tuple[ResourceView, ...]:
    """The timeline's rows with everything that colours their background."""
    known = {scanner.id: scanner for scanner in situation.site.scanners}
    reasons = _closure_reasons(situation)
    views = []
    for room in situation.problem.rooms:
        scanner = known.get(room.id)
        views.append(
            ResourceView(
                id=room.id,
                name=room.id if scanner is None else scanner.name or room.id,
                group=room.modality.value,
                site=room.site,
                features=tuple(sorted(room.features)),
                spans=_spans(situation, room, reasons.get(room.id, ())),
            )
        )
    return tuple(views)


Reason = tuple[int, int, str, str]


def _spans(situation: Situation, room: Room, reasons: Iterable[Reason]) -> tuple[SpanView, ...]:
    moment = situation.problem.clock.moment

    def view(span: Span, kind: str, reason: str = "") -> SpanView:
        return SpanView(start=moment(span[0]), end=moment(span[1]), kind=kind, reason=reason)

    told = [(low, high, kind, reason) for low, high, kind, reason in reasons]
    spans = [view(span, "open") for span in room.sessions]
    spans += [view(span, "overtime") for span in room.overtime]
    spans += [view((low, high), "reserved", rclass.value) for low, high, rclass in room.reserved]
    for low, high, kind, reason in told:
        spans += [
            view((max(low, start), min(high, end)), kind, reason)
            for start, end in room.closed
            if max(low, start) < min(high, end)
        ]
    rest = subtract(room.closed, [(low, high) for low, high, _, _ in told])
    spans += [view(span, ClosureKind.DOWNTIME.value) for span in rest]
    return tuple(sorted(spans, key=lambda span: (span.start, span.kind)))


def _closure_reasons(situation: Situation) -> Mapping[str, tuple[Reason, ...]]:
    clock = situation.problem.clock
    found: dict[str, tuple[Reason, ...]] = {}
    for closure in situation.site.closures:
        end = clock.end if closure.end is None else clock.minute(closure.end)
        row = (clock.minute(closure.start), end, closure.kind.value, closure.reason)
        found[closure.scanner] = (*found.get(closure.scanner, ()), row)
    return found


def emergencies_unplanned(problem: ImagingProblem, plan: Plan) -> tuple[AlertView, ...]:
    """The alert where emergencies have no place, due at the first one's target."""
    left_out = [case for case, place in zip(problem.cases, plan.places, strict=True) if place is None]
    urgent = [case for case in left_out if case.rclass is RequestClass.EMERGENCY]
    if not urgent:
        return ()
    due = problem.clock.moment(min(case.earliest if case.target is None else case.target for case in urgent))
    values = {"count": len(urgent)}
    return (AlertView(id="emergency_unplanned", values=values, owner=Role.SCHEDULER, due=due, is_urgent=True),)
