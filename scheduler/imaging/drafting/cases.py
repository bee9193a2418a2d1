"""Requests and their catalogue entries joined into the problem's cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hospital.clock import Clock, Span
from hospital.errors import UnknownId
from hospital.facts import POINT
from hospital.requests import Examination, Request
from scheduler.imaging.drafting.draft import Draft, minute_up
from scheduler.imaging.problem import Case


def planned_min(request: Request, examination: Examination, quantile: str) -> int:
    """Planned scan minutes before rounding: the request's own, else the catalogue's median or 90th percentile."""
    if request.minutes is not None:
        return request.minutes
    return examination.p90_min if quantile == "p90" else examination.median_min


def cases(draft: Draft) -> Iterator[Case]:
    """The case of every wanted request that can begin within the horizon, in the order of the data."""
    for request in draft.requests.values():
        if minute_up(draft.clock, request.earliest) < draft.clock.end:
            yield case_of(draft, request)


def case_of(draft: Draft, request: Request) -> Case:
    """The request joined with its examination and what changes wish of it. Raises UnknownId for an unknown examination."""
    clock, wish = draft.clock, draft.wishes.get(request.id)
    examination = draft.examinations.get(request.examination)
    if examination is None:
        raise UnknownId("unknown_examination", id=request.examination, where=request.id)
    minutes = planned_min(request, examination, draft.site.settings.duration_quantile)
    windows = tuple(sorted(_span(clock, window) for window in request.windows)) if request.windows else ()
    features, staff = examination.features, examination.staff
    if request.is_sedated:
        features = features | {"sedation"}
        staff = staff if "anaesthetist" in staff else (*staff, "anaesthetist")
    return Case(
        id=request.id,
        patient=request.patient,
        examination=examination.id,
        modality=examination.modality,
        rclass=request.rclass,
        minutes=clock.round_up(max(minutes, 1)),
        earliest=minute_up(clock, request.earliest),
        ward=request.ward,
        site=request.site,
        target=None if request.target is None else clock.minute(request.target),
        latest=None if request.latest is None else clock.minute(request.latest),
        windows=windows if wish is None or wish.windows is None else wish.windows,
        family=examination.family,
        is_fasting=examination.is_fasting,
        preparation=examination.preparation_min,
        min_field_strength_t=examination.min_field_strength_t,
        features=features,
        scanners=frozenset() if wish is None or wish.scanners is None else wish.scanners,
        staff=staff,
        tags=examination.tags,
        mobility=request.mobility,
        is_isolated=request.is_isolated,
        preferred_starts=tuple((spans, _price(draft, points)) for spans, points in wish.preferred_starts)
        if wish
        else (),
        preferred_scanners=tuple((names, _price(draft, points)) for names, points in wish.preferred_scanners)
        if wish
        else (),
    )


def _span(clock: Clock, window: tuple[datetime, datetime]) -> Span:
    start, end = window
    return minute_up(clock, start), clock.minute(end)


def _price(draft: Draft, points: float) -> int:
    return round(points * draft.factors.get("preference", 1.0) * POINT)
