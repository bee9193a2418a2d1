"""Engine values and kept rows as the views of pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from weakref import WeakKeyDictionary

from hospital.facts import POINT, Match
from planning.rows import RecordedChange, Version
from planning.situation import Situation, change_of
from planning.views import ChangeRow, MatchView, RequestView, VersionRow, match_view


def version_row(version: Version) -> VersionRow:
    """A version in a list."""
    return VersionRow(
        number=version.number,
        base=version.base,
        status=version.status,
        origin=version.origin,
        author=version.author,
        created=version.created,
        reason=version.reason,
        approver=version.approver or (version.publisher if version.is_same_day else None),
        published=version.published,
        is_same_day=version.is_same_day,
        is_reviewed=version.reviewed is not None,
        cost=version.cost,
        num_planned=version.num_planned,
        num_unplanned=version.num_unplanned,
        num_moved=version.num_moved,
    )


def change_row(row: RecordedChange, situation: Situation) -> ChangeRow:
    """A recorded change with its value."""
    return ChangeRow(
        id=row.id,
        change=change_of(row),
        intent=row.intent,
        author=row.author,
        author_id=row.author_id,
        reason=row.reason,
        at=row.at,
        is_active=row.is_active,
        undone_by=row.undone_by,
        is_void=row.id in situation.void,
    )


def match_rows(situation: Situation, matches: Iterable[Match]) -> tuple[MatchView, ...]:
    """Matches of the engine with datetimes and points."""
    moment = situation.problem.clock.moment
    return tuple(match_view(match, moment, POINT) for match in matches)


class Abouts:
    """What is known of each task and request, joined once for a situation (which an area's answer must not hold on to)."""

    def __init__(self, situation: Situation) -> None:
        self._ask = situation.area.abouts(situation)
        self._known: dict[str, RequestView | None] = {}

    def of(self, name: str) -> RequestView | None:
        """The view of a task or request; None where neither data nor changes know it."""
        if name not in self._known:
            self._known[name] = self._ask(name)
        return self._known[name]


_JOINED: WeakKeyDictionary[Situation, Abouts] = WeakKeyDictionary()


def abouts_of(situation: Situation) -> Abouts:
    """What is known of the requests of a situation, kept as long as the situation is."""
    return _JOINED.setdefault(situation, Abouts(situation))


def hours_between(start: datetime, end: datetime) -> float:
    """Hours from start to end, two decimals."""
    return round((end - start).total_seconds() / 3600, 2)
