"""What every use case has at hand: who acts, when, one unit of work, and the situations of the areas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from hospital.errors import UnknownId, WrongState
from planning.actors import Actor
from planning.areas import AREAS, FORECASTS
from planning.ports import UnitOfWork
from planning.rows import AreaState, Version
from planning.settings import Settings
from planning.situation import Situation, Situations


@dataclass
class Trail:
    """What the audit row says beside the command itself."""

    before: str = ""
    after: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """One command or question being dealt with. ``now`` is the aware present; a sample site has its own
    (``situation``)."""

    actor: Actor
    now: datetime
    work: UnitOfWork
    settings: Settings
    situations: Situations
    trail: Trail = field(default_factory=Trail)

    @property
    def site_id(self) -> str:
        """The site in which everything is done."""
        return self.actor.site_id

    def situation(self, area: str) -> Situation:
        """The area as it stands. Raises UnknownId for an unknown area."""
        self.check_area(area)
        return self.situations.of(self.work, self.site_id, area, self.now)

    def check_area(self, area: str) -> None:
        """Raises UnknownId for an area that does not exist, or a site that is gone."""
        if area not in (*AREAS, *FORECASTS):
            raise UnknownId("unknown_area", id=area, expected=", ".join(AREAS))
        if self.work.sites.get(self.site_id) is None:
            raise UnknownId("unknown_site", id=self.site_id)

    def lock(self, area: str) -> AreaState:
        """The area's counters; until the command ends nobody else can change the area."""
        self.check_area(area)
        return self.work.sites.area(self.site_id, area, lock=True)

    def data_changed(self, area: str) -> None:
        """Notes that the hospital's data differ, so that the problem is built anew."""
        state = self.lock(area)
        self.work.sites.save_area(replace(state, data_revision=state.data_revision + 1))

    def changes_changed(self, area: str) -> None:
        """Notes that changes or marks differ."""
        state = self.lock(area)
        self.work.sites.save_area(replace(state, changes_revision=state.changes_revision + 1))

    def version(self, area: str, number: int) -> Version:
        """A plan version. Raises UnknownId."""
        self.check_area(area)
        version = self.work.versions.get(self.site_id, area, number)
        if version is None:
            raise UnknownId("unknown_version", id=number)
        return version

    def move_on(self, version: Version, **after: Any) -> Version:
        """Writes the next step of a version's life. Raises WrongState if somebody else was quicker."""
        changed = replace(version, **after)
        if not self.work.versions.move_on(version, changed):
            raise WrongState("version_moved_on", number=version.number)
        return changed


@dataclass(frozen=True)
class UseCase:
    """How a command is carried out: ``first`` in a transaction of its own that stays whatever comes after, ``ready``
    the slow part on a reading view, ``act`` in the command's transaction with what ``ready`` gave."""

    act: Callable[[Desk, Any, Any], Any]
    ready: Callable[[Desk, Any], Any] | None = None
    first: Callable[[Desk, Any], None] | None = None
