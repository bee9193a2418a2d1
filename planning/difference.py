"""What differs between two plans: who moved, who came, who went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hospital.plans import Appointment

Pair = tuple[Appointment | None, Appointment | None]


def pairs(before: Sequence[Appointment], after: Sequence[Appointment]) -> dict[str, Pair]:
    """Request -> (old, new) for every request whose place differs, in order of the new start, dropped ones last."""
    old = {row.request: row for row in before}
    new = {row.request: row for row in after}
    changed: dict[str, Pair] = {
        request: (old.get(request), row) for request, row in new.items() if not is_same_place(old.get(request), row)
    }
    changed |= {request: (row, None) for request, row in old.items() if request not in new}
    return changed


def is_same_place(first: Appointment | None, second: Appointment | None) -> bool:
    """True where both stand on one scanner at one time (a changed duration is no move)."""
    if first is None or second is None:
        return first is second
    return first.resource == second.resource and first.start == second.start


def moved_requests(before: Sequence[Appointment], after: Sequence[Appointment]) -> tuple[str, ...]:
    """Requests promised before that stand elsewhere or nowhere after."""
    return tuple(request for request, (old, _) in pairs(before, after).items() if old is not None)


def appointments_differ(before: Sequence[Appointment], after: Sequence[Appointment]) -> tuple[dict[str, Any], ...]:
    """The difference in plain values: request, old and new place (scanner, start) or None."""
    return tuple(
        {"request": request, "old": _plain(old), "new": _plain(new)}
        for request, (old, new) in pairs(before, after).items()
    )


def _plain(row: Appointment | None) -> dict[str, str] | None:
    return None if row is None else {"scanner": row.resource, "start": row.start.isoformat()}
