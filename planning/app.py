"""The one door. Faces hand in commands and queries; permissions, transaction and audit are the same for all of them."""

from __future__ import annotations

from typing import Any, Protocol

from planning.actors import Actor
from planning.commands import Command
from planning.jobs import Jobs
from planning.queries import Query
from planning.settings import Settings


class Application(Protocol):
    """Built by ``storage.bootstrap.open_application(settings)``; safe to use from several threads."""

    @property
    def settings(self) -> Settings:
        """The settings it was opened with."""

    @property
    def jobs(self) -> Jobs:
        """The worker's use cases."""

    def execute(self, actor: Actor, command: Command) -> Any:
        """One transaction: permission, handler, audit row. A refused command leaves nothing but its audit row and
        raises."""

    def ask(self, actor: Actor, query: Query) -> Any:
        """Permission, then a read."""

    def actor_of(self, token: str) -> Actor | None:
        """Who holds this session; None if it is unknown, idle too long, too old or ended. Counts as activity."""

    def close(self) -> None:
        """Lets go of the database."""
