"""Dialysis' values as pages read them: sessions, stations, shifts short of nurses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from hospital.clock import subtract
from hospital.dialysis import DialysisPatient
from hospital.errors import UnknownId
from hospital.plans import Appointment
from hospital.requests import Mobility
from hospital.texts import say
from intake.codes import codes_of
from planning.actors import Role
from planning.views import AlertView, PlaceView, ResourceView, SlotView, SpanView
from planning.views.dialysis import DialysisRequestView
from scheduler.dialysis.drafting.draft import patient_of, session_id
from scheduler.dialysis.offers import offers
from scheduler.dialysis.problem import DialysisProblem, Patient, Station
from scheduler.dialysis.rules import terms
from scheduler.kernel.plan import Plan

if TYPE_CHECKING:
    from planning.situation import Situation

_SOON_MIN = 2 * 24 * 60


def zone_name(zone: str, language: str) -> str:
    """A zone in words; the unit's own word stays."""
    return say(f"planning.zone_{zone}", language) if zone in codes_of("zone") else zone


def shift_name(shift: str, language: str) -> str:
    """A shift in words; the unit's own word stays."""
    return say(f"planning.shift_{shift}", language) if shift in codes_of("dialysis_shift") else shift


def abouts(situation: Situation) -> Callable[[str], DialysisRequestView | None]:
    """What is known of each session, and of a patient without one."""
    problem: DialysisProblem = situation.problem
    patients: Mapping[str, DialysisPatient] = situation.requests
    by_id = {patient.id: patient for patient in problem.patients}
    weekdays = _weekdays(problem)
    counts = {problem.sessions[row[0]].patient: len(row) for row in problem.series}

    def about(name: str) -> DialysisRequestView | None:
        task, own = problem.task_of.get(name), patient_of(name)
        known, planned = patients.get(own), by_id.get(own)
        if known is None and planned is None:
            return None
        session = None if task is None else problem.sessions[task]
        is_hdf = planned.is_hdf if planned else bool(known and known.is_hdf)
        first = problem.clock.first_day
        due = None if session is None else first + timedelta(days=session.due)
        earliest = problem.clock.moment(problem.clock.day_starts[min(session.days)] if session else problem.now)
        return DialysisRequestView(
            task=name,
            request=own,
            session=_number(name) if session is None else session.number,
            num_sessions=counts.get(own, 1),
            patient=own,
            title_en=say("planning.treatment_hdf" if is_hdf else "planning.treatment_hd", "en"),
            title_zh=say("planning.treatment_hdf" if is_hdf else "planning.treatment_hd", "zh"),
            rclass=_care(known, planned),
            group=planned.zone if planned else known.zone if known else "",
            minutes=session.minutes if session else known.session_min if known else 0,
            requested=None,
            earliest=earliest,
            target=None,
            latest=None,
            due=due,
            weekdays=weekdays.get(own, known.pattern if known else ()),
            shift=session.shift if session else known.shift if known else "",
            station=session.station if session else known.station if known else "",
            is_hdf=is_hdf,
            needs_bed=planned.needs_bed if planned else bool(known and known.mobility is Mobility.BED),
            transport=planned.group if planned else known.group if known else "",
            has_lost_place=bool(session and session.has_lost_place),
        )

    return about


def _care(known: DialysisPatient | None, planned: Patient | None) -> str:
    """unstable, new or stable; a patient recorded by a change is new."""
    if known is None:
        return "new" if planned and planned.needs_care else "stable"
    return "unstable" if known.is_unstable else "new" if known.is_new else "stable"


def _weekdays(problem: DialysisProblem) -> dict[str, tuple[int, ...]]:
    """The weekdays on which each patient's sessions are due."""
    monday = problem.clock.first_day.weekday()
    found: dict[str, set[int]] = {}
    for session in problem.sessions:
        found.setdefault(session.patient, set()).add((session.due + monday) % 7)
    return {patient: tuple(sorted(days)) for patient, days in found.items()}


def _number(name: str) -> int:
    number = name.removeprefix(patient_of(name)).lstrip("-")
    return int(number) if number.isdigit() else 1


def about_row(situation: Situation, row: Appointment) -> DialysisRequestView | None:
    """What is still known of an appointment whose session is planned no more."""
    if row.resource not in situation.problem.resource_of:
        return None
    return DialysisRequestView(
        task=session_id(row.request, row.session),
        request=row.request,
        session=row.session,
        patient=row.request,
        title_en=say("planning.treatment_hd", "en"),
        title_zh=say("planning.treatment_hd", "zh"),
        rclass="stable",
        group=situation.problem.stations[situation.problem.resource_of[row.resource]].zone,
        minutes=int((row.end - row.start).total_seconds() // 60),
        requested=None,
        earliest=row.start,
        target=None,
        latest=None,
        due=row.start.date(),
        weekdays=(),
        shift="",
        station=row.resource,
        is_hdf=False,
        needs_bed=False,
        transport="",
    )


def stations(situation: Situation) -> tuple[ResourceView, ...]:
    """The stations with their shifts, closures (with reasons) and releases."""
    problem: DialysisProblem = situation.problem
    loops = {station.id: station.loop for station in situation.site.stations}
    return tuple(
        ResourceView(
            id=station.id,
            name=station.id,
            group=station.zone,
            site=loops.get(station.id, ""),
            features=tuple(name for name, has in (("hdf", station.is_hdf), ("bed", station.has_bed)) if has),
            spans=_spans(situation, station, loops.get(station.id, "")),
        )
        for station in problem.stations
    )


def _spans(situation: Situation, station: Station, loop: str) -> tuple[SpanView, ...]:
    problem: DialysisProblem = situation.problem
    moment = problem.clock.moment
    spans = [
        SpanView(start=moment(shift.start), end=moment(shift.end), kind="open", reason=shift.name)
        for shift in problem.shifts
    ]
    told = []
    for closure in situation.site.closures:
        low, high = (
            max(problem.clock.minute(closure.start), 0),
            min(problem.clock.minute(closure.end), problem.clock.end),
        )
        if closure.resource in {station.id, loop} - {""} and low < high:
            told.append((low, high))
            spans.append(SpanView(start=moment(low), end=moment(high), kind="maintenance", reason=closure.reason))
    for low, high in subtract(station.closed, told):
        spans.append(SpanView(start=moment(low), end=moment(high), kind="downtime"))
    for release in station.releases:
        reason = f"{release.zone} ({release.by})"
        spans.append(SpanView(start=moment(release.start), end=moment(release.end), kind="reserved", reason=reason))
    return tuple(sorted(spans, key=lambda span: (span.start, span.kind)))


def pattern_slots(problem: DialysisProblem, plan: Plan, patient: str, *, count: int) -> tuple[SlotView, ...]:
    """The cheapest weekly patterns of a patient. Raises UnknownId."""
    tasks = [
        task
        for task, session in enumerate(problem.sessions)
        if session.patient == patient and task not in problem.frozen
    ]
    minutes = problem.sessions[tasks[0]].minutes if tasks else 0
    now = {plan.places[task] for task in tasks}
    found = []
    for offer in offers(problem, plan, patient, count=count):
        rows = []
        for place in offer.places:
            start = problem.clock.moment(place.start)
            end = start + timedelta(minutes=minutes)
            number = int(f"{start:%Y%m%d}")
            row = PlaceView(resource=problem.resource_ids[place.resource], start=start, end=end, session=number)
            rows.append((session_id(patient, number), row))
        if rows:
            found.append(
                SlotView(
                    resource=offer.station,
                    start=rows[0][1].start,
                    end=rows[0][1].end,
                    price=offer.price,
                    cost_by_rule=offer.cost_by_rule,
                    task=rows[0][0],
                    further=tuple(rows[1:]),
                    is_present=set(offer.places) == now,
                )
            )
    return tuple(found)


def next_session(problem: DialysisProblem, plan: Plan, name: str) -> str:
    """The session of that name; of a patient the first one without a place, else the first that has not begun. Raises UnknownId."""
    if name in problem.task_of:
        return name
    own = [task for task, session in enumerate(problem.sessions) if session.patient == name]
    if not own:
        raise UnknownId("unknown_request", id=name)
    ahead = [task for task in own if task not in problem.frozen] or own
    without = [task for task in ahead if plan.places[task] is None]
    return problem.task_ids[(without or ahead)[0]]


def no_place_soon(problem: DialysisProblem, plan: Plan) -> tuple[AlertView, ...]:
    """The alert where sessions due within two days have no place."""
    until = problem.clock.day_of(min(problem.now + _SOON_MIN, max(problem.clock.end - 1, 0)))
    waiting = [
        session
        for session, place in zip(problem.sessions, plan.places, strict=True)
        if place is None and session.due <= until
    ]
    if not waiting:
        return ()
    due = problem.clock.moment(problem.clock.day_starts[min(session.due for session in waiting)])
    values = {"count": len(waiting), "patient": waiting[0].patient}
    return (AlertView(id="session_without_place", values=values, owner=Role.SCHEDULER, due=due, is_urgent=True),)


def nurses_short(problem: DialysisProblem, plan: Plan) -> tuple[AlertView, ...]:
    """The alert where a shift of the next two days needs more nurses than are on duty: the first such shift, and how many there are."""
    if not problem.nurses:
        return ()
    needs, share = terms.nurse_needs(problem), terms.nurse_share(problem)
    needed: dict[int, int] = {}
    for task, place in terms.placed(plan):
        needed[place.start] = needed.get(place.start, 0) + needs[task]
    short = [
        (start, needed.get(start, 0), there)
        for start, _, there in terms.on_duty(problem)
        if problem.now <= start < problem.now + _SOON_MIN and needed.get(start, 0) > there
    ]
    if not short:
        return ()
    start, need, there = short[0]
    values = {"count": len(short), "needed": f"{need / share:g}", "on_duty": f"{there / share:g}"}
    return (AlertView(id="nurses_short", values=values, owner=Role.SCHEDULER, due=problem.clock.moment(start)),)
