"""From a site and what has changed to the imaging problem, and between plans and appointments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from hospital.changes import Change
from hospital.clock import Clock
from hospital.errors import BadInput, UnknownId
from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Mobility
from hospital.sites import ImagingSite
from scheduler.imaging.drafting import hours
from scheduler.imaging.drafting.bookings import (
    Standing,
    booked_minutes,
    notice_min,
    out_of_horizon,
    standing,
    with_gaps_outside,
)
from scheduler.imaging.drafting.cases import case_of, cases
from scheduler.imaging.drafting.changing import apply_changes, resolve_changes
from scheduler.imaging.drafting.draft import Draft
from scheduler.imaging.drafting.goals import weights
from scheduler.imaging.problem import Case, GapRule, ImagingProblem
from scheduler.kernel.plan import Place, Plan


def build(
    site: ImagingSite,
    *,
    now: datetime | None = None,
    first_day: date | None = None,
    num_days: int | None = None,
    changes: Sequence[Change] = (),
    said_at: Sequence[datetime] | None = None,
    num_settled: int = 0,
    reference: Sequence[Appointment] | None = None,
    preset: str | None = None,
) -> ImagingProblem:
    """The imaging problem of a site: requests joined with the catalogue, hours resolved to spans, changes applied in order.

    ``said_at`` is when each change was made (default: now), from which a new request waits and after which it is named;
    the plan in force has honoured the first ``num_settled``: their moves are done, not asked for again.
    ``now`` defaults to the settings' own, ``first_day`` to the settings' or the day of ``now``. ``reference`` is the plan in force
    (default: the site's bookings), whose locks and statuses are those of the site's bookings. Requests that are
    cancelled, did not show up, can begin only after the horizon, or are booked outside it, are no part of the problem.
    Raises BadInput without any ``now``, UnknownId for ids that stand for nothing, WrongState for a change imaging cannot honour.
    """
    draft = _draft(site, now=now, first_day=first_day, num_days=num_days, reference=reference)
    gaps = tuple(GapRule(first=gap.first, then=gap.then, minutes=round(gap.hours * 60)) for gap in site.gaps)
    apply_changes(draft, changes, said_at=said_at, num_settled=num_settled)
    outside = {request: draft.requests.pop(request) for request in out_of_horizon(draft) if request in draft.requests}
    wanted = booked_minutes(draft, list(cases(draft)))
    if outside and gaps:
        booked = {booking.appointment.request: booking for booking in _bookings(site, reference)}
        wanted = with_gaps_outside(
            draft, wanted, gaps, [(case_of(draft, request), booked[name]) for name, request in outside.items()]
        )
    return _problem(draft, wanted, gaps, preset or site.settings.preset)


def resolved(
    site: ImagingSite,
    changes: Sequence[Change],
    *,
    now: datetime | None = None,
    before: Sequence[Change] = (),
    reference: Sequence[Appointment] | None = None,
) -> tuple[Change, ...]:
    """The changes as they are to be kept: what they narrow by present appointments (after the changes ``before``) turned into
    request ids, so that they mean the same people when they are applied again to a later plan."""
    draft = _draft(site, now=now, first_day=None, num_days=None, reference=reference)
    apply_changes(draft, before)
    return resolve_changes(draft, changes)


def no_shows(site: ImagingSite) -> tuple[str, ...]:
    """The requests whose patients did not come: they are no part of a problem until they are asked for again."""
    return tuple(
        booking.appointment.request for booking in site.bookings if booking.status is AppointmentStatus.NO_SHOW
    )


def plan_of(problem: ImagingProblem, appointments: Iterable[Appointment], *, ignore_unknown: bool = False) -> Plan:
    """The appointments as a plan; ends are the problem's business. Raises UnknownId for a request or scanner that is not in the
    problem (or leaves those out), BadInput for a request that stands there twice."""
    places: list[Place | None] = [None] * len(problem.cases)
    for appointment in appointments:
        task = problem.task_of.get(appointment.request)
        resource = problem.resource_of.get(appointment.resource)
        if task is None or resource is None:
            if ignore_unknown:
                continue
            if task is None:
                raise UnknownId("unknown_request", id=appointment.request)
            raise UnknownId("unknown_scanner", id=appointment.resource, expected=", ".join(problem.resource_ids))
        if places[task] is not None:
            raise BadInput("request_twice", id=appointment.request)
        places[task] = Place(resource, problem.clock.minute(appointment.start))
    return Plan(tuple(places))


def appointments_of(problem: ImagingProblem, plan: Plan) -> tuple[Appointment, ...]:
    """The plan's appointments in the order of the problem's requests, in the site's own time."""
    clock = problem.clock
    return tuple(
        Appointment(
            request=case.id,
            resource=problem.rooms[place.resource].id,
            start=clock.moment(place.start),
            end=clock.moment(place.start + case.minutes),
        )
        for case, place in zip(problem.cases, plan.places, strict=True)
        if place is not None
    )


def _draft(
    site: ImagingSite,
    *,
    now: datetime | None,
    first_day: date | None,
    num_days: int | None,
    reference: Sequence[Appointment] | None,
) -> Draft:
    settings = site.settings
    now = now or settings.now
    if now is None:
        raise BadInput("no_now")
    clock = _clock(site, now, first_day, num_days)
    missing = set(no_shows(site))
    requests = {request.id: request for request in site.requests if request.id not in missing}
    draft = Draft(
        site=site,
        clock=clock,
        now=now,
        rooms={},
        staff=hours.staff(site, clock),
        examinations={examination.id: examination for examination in site.examinations},
        requests=requests,
        bookings={
            booking.appointment.request: booking
            for booking in _bookings(site, reference)
            if booking.appointment.request not in missing
        },
        by_patient={},
        known=set(missing),
    )
    draft.rooms = hours.rooms(site, clock, now=draft.now_min)
    for request in site.requests:
        draft.by_patient.setdefault(request.patient, []).append(request.id)
    draft.known.update(requests, draft.by_patient)
    return draft


def _clock(site: ImagingSite, now: datetime, first_day: date | None, num_days: int | None) -> Clock:
    settings = site.settings
    if now.tzinfo is None:
        raise BadInput("naive_time", found=now.isoformat())
    own = date.fromisoformat(settings.first_day) if settings.first_day else None
    today = Clock(timezone=settings.timezone, first_day=now.date(), num_days=1).zone
    return Clock(
        timezone=settings.timezone,
        first_day=first_day or own or now.astimezone(today).date(),
        num_days=num_days or settings.num_days,
        grid_min=settings.grid_min,
    )


def _bookings(site: ImagingSite, reference: Sequence[Appointment] | None) -> Sequence[Booking]:
    """The plan in force with the locks and statuses of the site's bookings."""
    if reference is None:
        return site.bookings
    marks: Mapping[str, Booking] = {booking.appointment.request: booking for booking in site.bookings}
    return [
        replace(marks[appointment.request], appointment=appointment)
        if appointment.request in marks
        else Booking(appointment=appointment)
        for appointment in reference
    ]


def _problem(draft: Draft, wanted: Sequence[Case], gaps: tuple[GapRule, ...], preset: str) -> ImagingProblem:
    settings, stands = draft.site.settings, standing(draft, wanted, tuple(draft.rooms))
    problem = ImagingProblem(
        clock=draft.clock,
        weights=weights(draft, preset),
        rooms=tuple(hours.frozen_room(room, draft.clock) for room in draft.rooms.values()),
        cases=tuple(wanted),
        staff=hours.frozen_staff(draft.staff),
        changeovers={(change.from_family, change.to_family): change.minutes for change in draft.site.changeovers},
        gaps=gaps,
        walk={mobility: settings.walk_min.get(mobility.value, 0) for mobility in Mobility},
        travel=settings.travel_min,
        cleaning=settings.cleaning_min,
        fasting_before=settings.fasting_before_min,
        now=draft.now_min,
        reference=stands.reference,
        frozen=stands.frozen,
        locked=stands.locked,
        noticed=frozenset(stands.noticed),
        displacers=frozenset(stands.displacers),
        short_notice=frozenset(stands.short_notice),
        notice=notice_min(draft),
    )
    return _released(problem, stands)


def _released(problem: ImagingProblem, stands: Standing) -> ImagingProblem:
    """The problem in which nobody is held to a place that has become impossible.

    What must stay (history, locks, appointments inside the notice period) is checked on its own; whoever then breaks a hard
    rule, because a scanner or people were taken away, may move: at the dearest price. Asked again until nobody does, for
    whoever leaves makes neighbours of others.
    """
    while broken := _breakers(problem):
        problem = replace(
            problem,
            noticed=problem.noticed - broken,
            locked={
                task: place
                for task, place in problem.locked.items()
                if task not in broken or stands.reference.get(task) != place
            },
        )
    return problem


def _breakers(problem: ImagingProblem) -> set[int]:
    """Who, held to the place in force, breaks a hard rule among those who are held."""
    kept = {task for task, place in problem.locked.items() if problem.reference.get(task) == place} | problem.noticed
    held = {task: problem.reference[task] for task in kept} | dict(problem.frozen)
    plan = Plan(tuple(held.get(task) for task in range(len(problem.cases))))
    return {
        problem.task_of[request]
        for rule in problem.rules
        if rule.is_hard
        for match in rule.check(problem, plan)
        for request in match.requests
    } & kept
