"""A version's life: which step may follow which, what may be published the same day, and who must be called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hospital.changes import InsertUrgent, ResourceDowntime, ResourceRestore
from hospital.errors import WrongState
from hospital.plans import Appointment, AppointmentStatus, PlanStatus
from planning.difference import Pair, pairs
from planning.rows import Call, RecordedChange, Version
from planning.situation import Situation, change_of
from planning.views import RequestView

NEXT = {
    PlanStatus.DRAFT: (PlanStatus.SUBMITTED, PlanStatus.REJECTED),
    PlanStatus.SUBMITTED: (PlanStatus.PUBLISHED, PlanStatus.REJECTED),
    PlanStatus.PUBLISHED: (PlanStatus.SUPERSEDED,),
    PlanStatus.SUPERSEDED: (),
    PlanStatus.REJECTED: (),
}
"""What may follow what. A same-day publication alone goes from draft to published; the database holds the same table.
"""

URGENT = frozenset({"insert_urgent", "resource_downtime", "resource_restore"})
_QUIET = frozenset({"lock", "unlock", "reoptimise"})


def check_step(version: Version, after: PlanStatus) -> None:
    """Raises WrongState unless that step follows."""
    if after not in NEXT[version.status]:
        raise WrongState("wrong_step", number=version.number, found=version.status.value, expected=after.value)


def causes_since(situation: Situation, published: Version | None) -> tuple[RecordedChange, ...]:
    """The active changes made since the plan in force was made."""
    last = 0 if published is None else int(published.measured.get("last_change", 0))
    return tuple(row for row in situation.active if row.number > last)


def no_shows_since(situation: Situation, published: Version | None) -> tuple[str, ...]:
    """Tasks whose patients did not come, marked since the plan in force was published."""
    if published is None or published.published is None:
        return ()
    since = published.published
    return tuple(
        mark.task for mark in situation.marks.values() if mark.status is AppointmentStatus.NO_SHOW and mark.at >= since
    )


def check_same_day(situation: Situation, version: Version) -> None:
    """Raises WrongState unless the version answers an emergency, a downtime or a no-show and nothing else."""
    published = situation.published
    if published is None:
        raise WrongState("same_day_needs_a_plan")
    causes = causes_since(situation, published)
    others = sorted({row.intent for row in causes} - URGENT - _QUIET)
    is_urgent = any(row.intent in URGENT for row in causes) or bool(no_shows_since(situation, published))
    if not is_urgent or others or version.data_revision != published.data_revision:
        raise WrongState("same_day_not_urgent", found=", ".join(others) or "-")


def call_list(situation: Situation, version: Version, after: Sequence[Appointment], *, reason: str) -> tuple[Call, ...]:
    """Whom to call when the version replaces what is promised: one call a request some of whose visits are moved, newly placed or
    dropped; history excepted."""
    before = tuple(situation.promised.values())
    causes = causes_since(situation, situation.published)
    problem = situation.problem
    history = {problem.task_ids[task] for task in problem.frozen}
    known = frozenset(situation.requests) | {situation.area.request_of(task) for task in problem.task_ids}
    differing: dict[str, list[Pair]] = {}
    for task, pair in pairs(situation.area, before, after).items():
        request = next(row.request for row in pair if row is not None)
        if task not in history and request in known:
            differing.setdefault(request, []).append(pair)
    about = situation.area.abouts(situation)
    calls = []
    for request, visits in differing.items():
        cause, why = _cause(situation, causes, *visits[0])
        calls.append(
            Call(
                site_id=version.site_id,
                area=version.area,
                version=version.number,
                request=request,
                patient=_patient(situation, about, request, visits[0]),
                old=tuple(old for old, _ in visits if old is not None),
                new=tuple(new for _, new in visits if new is not None),
                cause=cause,
                reason=why or reason,
            )
        )
    return tuple(calls)


def _patient(situation: Situation, about: Callable[[str], RequestView | None], request: str, visit: Pair) -> str:
    if request in situation.requests:
        return situation.area.patient_of(situation.requests[request])
    row = next(row for row in visit if row is not None)
    found = about(request) or about(situation.area.task_id(row))
    return "" if found is None else found.patient


def _cause(
    situation: Situation, causes: Sequence[RecordedChange], old: Appointment | None, new: Appointment | None
) -> tuple[str, str]:
    """The intent and reason that led to one difference, as far as it can be told: the emergency itself, a scanner
    down under the old place, else the latest urgent change, else "plan"."""
    clock = situation.problem.clock
    latest = ("plan", "")
    for row in causes:
        change = change_of(row)
        if isinstance(change, InsertUrgent | ResourceDowntime | ResourceRestore):
            latest = (row.intent, row.reason)
        if isinstance(change, ResourceDowntime) and old is not None and old.resource in change.resource_ids:
            start, end = clock.minute(old.start), clock.minute(old.end)
            if any(low < end and start < high for low, high in change.when.spans(clock)):
                return row.intent, row.reason
    if old is None and new is not None and new.request not in situation.requests:
        return next(((row.intent, row.reason) for row in causes if row.intent == "insert_urgent"), latest)
    return latest
