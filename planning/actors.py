"""Who acts: a person with a role in one site, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person is trusted with. ``NOBODY`` is a visitor before log-in, ``SYSTEM`` the worker and the command
    line."""

    NOBODY = "nobody"
    VIEWER = "viewer"
    SCHEDULER = "scheduler"
    APPROVER = "approver"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


PERSON_ROLES = (Role.VIEWER, Role.SCHEDULER, Role.APPROVER, Role.STEWARD, Role.ADMINISTRATOR)
"""The roles an account can have."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the system) behind a command or a question. All they do is done in the site ``site_id``."""

    account_id: str
    name: str
    role: Role
    site_id: str
    language: str = "en"

    def in_site(self, site_id: str) -> Actor:
        """The same actor working in another site; only the system may (see permissions)."""
        return replace(self, site_id=site_id)


SYSTEM = Actor("system", "system", Role.SYSTEM, "")
"""The worker and the command line; ``SYSTEM.in_site(id)`` works in one site."""

NOBODY = Actor("nobody", "nobody", Role.NOBODY, "")
"""A visitor who has not logged in yet: may log in, nothing else."""
