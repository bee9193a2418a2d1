"""Changes of where people are: moved, exchanged, pinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hospital.changes import Lock, MoveRequest, SwapRequests, Unlock
from hospital.clock import Span, subtract
from hospital.errors import BadInput, WrongState
from hospital.plans import Booking
from scheduler.imaging.drafting.cases import planned_min
from scheduler.imaging.drafting.draft import Draft, minute_up
from scheduler.imaging.drafting.terms import refuse_fields


def move(draft: Draft, change: MoveRequest) -> None:
    """The request goes elsewhere, even inside the notice period: exactly there for an instant and one scanner, else wherever the
    new window, scanners or direction leave room. The new window replaces the patient's own; what is booked loses its lock. Exact
    places and directions are done once the reference plan has honoured them.
    """
    if not (change.to_when or change.to_resource_ids or change.direction or change.to_ward_id):
        raise BadInput("change_missing_field", where=f"{change.intent}.to_when")
    draft.room_drafts(change.to_resource_ids)
    for request in draft.request_ids(change.patient_ids, when=change.from_when):
        if change.to_ward_id:
            draft.requests[request] = replace(draft.requests[request], ward=change.to_ward_id)
        if change.to_when or change.to_resource_ids or change.direction:
            _unlock(draft, request)
            _place(draft, request, change)


def swap(draft: Draft, change: SwapRequests) -> None:
    """The two appointments exchange scanner and start, once. Raises WrongState where one of the two has not exactly one."""
    if draft.is_settled:
        return
    one, other = (_only_booking(draft, name) for name in change.patient_ids)
    for mine, theirs in ((one, other), (other, one)):
        _unlock(draft, mine.appointment.request)
        place = theirs.appointment.resource, draft.clock.minute(theirs.appointment.start)
        wish = draft.wish(mine.appointment.request)
        wish.place, wish.is_moved = place, True


def lock(draft: Draft, change: Lock) -> None:
    """Pins the present appointments that fit all that is said; nothing said means every one."""
    for request in meant_by(draft, change):
        draft.bookings[request] = replace(draft.bookings[request], is_locked=True)


def unlock(draft: Draft, change: Unlock) -> None:
    """Takes the pins off again, also those set by a move to an exact place."""
    for request in meant_by(draft, change):
        _unlock(draft, request)


def meant_by(draft: Draft, change: Lock | Unlock) -> list[str]:
    """The requests whose present appointments fit all that is said."""
    refuse_fields(change, "staff_ids")
    booked = draft.booked(when=change.when, scanners=change.resource_ids)
    if not change.patient_ids:
        return booked
    named = set(draft.request_ids(change.patient_ids))
    return [request for request in booked if request in named]


def _unlock(draft: Draft, request: str) -> None:
    if request in draft.bookings:
        draft.bookings[request] = replace(draft.bookings[request], is_locked=False)
    if request in draft.wishes:
        draft.wishes[request].place = None


def _only_booking(draft: Draft, name: str) -> Booking:
    booked = [draft.bookings[request] for request in draft.request_ids([name]) if request in draft.bookings]
    if len(booked) != 1:
        raise WrongState("not_one_appointment", id=name, found=len(booked))
    return booked[0]


def _place(draft: Draft, request: str, change: MoveRequest) -> None:
    wish, when = draft.wish(request), change.to_when
    wish.is_moved = not draft.is_settled
    if when is not None and when.is_instant and when.start is not None:
        start = minute_up(draft.clock, when.start)
        if not 0 <= start < draft.clock.end:
            raise WrongState("outside_horizon", intent=change.intent)
        if len(change.to_resource_ids) == 1 and draft.is_settled:
            return
        if len(change.to_resource_ids) == 1:
            wish.place = change.to_resource_ids[0], start
            wish.scanners, wish.windows = frozenset(change.to_resource_ids), ()
            return
        wish.windows = ((start, start + _minutes(draft, request)),)
    elif when is not None:
        wish.windows = _some(when.spans(draft.clock), change)
    if change.to_resource_ids:
        wish.scanners = frozenset(change.to_resource_ids)
    if change.direction is not None and not draft.is_settled:
        wish.windows = _some(_beyond(draft, request, change, wish.windows), change)


def _beyond(draft: Draft, request: str, change: MoveRequest, windows: Sequence[Span] | None) -> tuple[Span, ...]:
    """What is left of the windows where the start lies earlier or later than now."""
    booking = draft.bookings.get(request)
    if booking is None:
        raise WrongState("not_one_appointment", id=request, found=0)
    start, grid = draft.clock.minute(booking.appointment.start), draft.clock.grid_min
    end = draft.clock.end
    hole = (start - grid + _minutes(draft, request), end) if change.direction == "earlier" else (0, start + grid)
    return subtract(windows or [(0, end)], [hole])


def _minutes(draft: Draft, request: str) -> int:
    """Planned minutes on the grid."""
    wanted = draft.requests[request]
    minutes = planned_min(wanted, draft.examinations[wanted.examination], draft.site.settings.duration_quantile)
    return draft.clock.round_up(max(minutes, 1))


def _some(windows: tuple[Span, ...], change: MoveRequest) -> tuple[Span, ...]:
    if not windows:
        raise WrongState("outside_horizon", intent=change.intent)
    return windows
