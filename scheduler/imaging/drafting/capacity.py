"""Changes of what there is: scanners, their hours, people, overtime, reservations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import ceil
from statistics import median_low

from hospital.changes import (
    CapOvertime,
    ExtraStaff,
    OpeningHours,
    ReserveCapacity,
    ResourceDowntime,
    ResourceRestore,
    StaffAbsence,
    When,
)
from hospital.clock import Span, merge, overlap_min, subtract
from hospital.errors import BadInput, UnknownId, WrongState
from hospital.requests import RequestClass
from scheduler.imaging.drafting.draft import Draft, RoomDraft
from scheduler.imaging.drafting.terms import refuse_fields

_ALWAYS = When()


def downtime(draft: Draft, change: ResourceDowntime) -> None:
    """The scanners are closed; without an end, for the rest of the horizon."""
    for room in draft.room_drafts(change.resource_ids):
        room.downtime = merge([*room.downtime, *change.when.spans(draft.clock)])


def restore(draft: Draft, change: ResourceRestore) -> None:
    """Downtime ends: from ``when.start``, or from when it was said. Planned maintenance stays."""
    when = change.when or When(start=draft.said)
    for room in draft.room_drafts(change.resource_ids):
        room.downtime = subtract(room.downtime, when.spans(draft.clock))


def opening_hours(draft: Draft, change: OpeningHours) -> None:
    """``extra`` adds a session; ``set`` replaces the sessions of every day on which one of the new ones begins."""
    by_day: dict[int, list[Span]] = {}
    for day, span in _daily(draft, change.when.spans(draft.clock)):
        by_day.setdefault(day, []).append(span)
    for room in draft.room_drafts(change.resource_ids):
        for day, spans in by_day.items():
            present = room.sessions[day] if change.mode == "extra" else ()
            room.sessions[day] = merge([*present, *spans])


def cap_overtime(draft: Draft, change: CapOvertime) -> None:
    """A day's overtime is at most so long; it never grows by this. A cap by week is refused unless it is 0."""
    refuse_fields(change, "staff_ids")
    if change.per == "week" and change.max_min:
        raise WrongState("cap_by_week", found=change.max_min)
    spans = (change.when or _ALWAYS).spans(draft.clock)
    days = [day for day, edges in enumerate(_day_spans(draft)) if overlap_min(edges, spans)]
    for room in draft.room_drafts(change.resource_ids or tuple(draft.rooms)):
        for day in days:
            room.overtime_max[day] = min(room.overtime_max[day], change.max_min)


def reserve(draft: Draft, change: ReserveCapacity) -> None:
    """Hours kept for one class (emergencies unless said): all of ``when``, or of each session in it the last ``share_pct`` percent, or
    at the end of each day ``slots`` slots of the scanner's typical length."""
    refuse_fields(change, "staff_ids")
    if change.share_pct is not None and change.slots is not None:
        raise BadInput("change_one_of", where=change.intent, expected="share_pct, slots")
    rclass = _class(change.for_class or "emergency")
    spans = (change.when or _ALWAYS).spans(draft.clock)
    for room in draft.room_drafts(change.resource_ids):
        for opened in room.sessions:
            within = subtract(opened, subtract([(0, draft.clock.end)], spans))
            room.reserved.extend((*span, rclass) for span in _kept(draft, room, within, change))


def extra_staff(draft: Draft, change: ExtraStaff) -> None:
    """More people of a role."""
    spans = draft.staff[_post_of(draft, change.role)]
    spans.extend((*span, change.count) for span in change.when.spans(draft.clock))


def staff_absence(draft: Draft, change: StaffAbsence) -> None:
    """Each mention of a role (``contrast_nurse``, or ``contrast_nurse@north`` where several sites have it) is one person away."""
    for name in change.staff_ids:
        spans = draft.staff[_post_of(draft, name)]
        spans.extend((*span, -1) for span in change.when.spans(draft.clock))


def _post_of(draft: Draft, name: str) -> tuple[str, str]:
    """Role and site that a name means: the role itself, or the only one that ends in it (``nurse`` for ``contrast_nurse``)."""
    role, _, site = name.partition("@")
    posts = [post for post in draft.staff if site in ("", post[1])]
    meant = [post for post in posts if post[0] == role] or [post for post in posts if post[0].endswith(f"_{role}")]
    known = ", ".join(f"{role}@{site}" for role, site in meant or draft.staff)
    if not meant:
        raise UnknownId("unknown_role", id=name, expected=known)
    if len(meant) > 1:
        raise BadInput("ambiguous_role", found=name, expected=known)
    return meant[0]


def _class(name: str) -> RequestClass:
    if name not in [rclass.value for rclass in RequestClass]:
        raise WrongState("class_not_in_imaging", found=name, expected=", ".join(RequestClass))
    return RequestClass(name)


def _kept(draft: Draft, room: RoomDraft, opened: Iterable[Span], change: ReserveCapacity) -> list[Span]:
    grid = draft.clock.grid_min
    spans = list(opened)
    if change.share_pct is not None:
        shares = [ceil((end - start) * change.share_pct / 100 / grid) * grid for start, end in spans]
        return [(max(start, end - share), end) for (start, end), share in zip(spans, shares, strict=True) if share]
    if change.slots is None:
        return spans
    wanted, kept = change.slots * _slot_min(draft, room), []
    for start, end in reversed(spans):
        taken = min(wanted, end - start)
        wanted -= taken
        if taken:
            kept.append((end - taken, end))
    return kept


def _slot_min(draft: Draft, room: RoomDraft) -> int:
    """A typical slot: the median examination of the scanner's modality and the room's turnover."""
    minutes = [exam.median_min for exam in draft.examinations.values() if exam.modality == room.scanner.modality]
    return draft.clock.round_up((median_low(minutes) if minutes else 0) + room.scanner.turnover_min)


def _day_spans(draft: Draft) -> list[Span]:
    starts = draft.clock.day_starts
    return list(pairwise(starts))


def _daily(draft: Draft, spans: Iterable[Span]) -> list[tuple[int, Span]]:
    """The spans cut at midnights, each with its day."""
    return [
        (day, (max(start, low), min(end, high)))
        for day, (low, high) in enumerate(_day_spans(draft))
        for start, end in spans
        if start < high and low < end
    ]
