"""What can be done and asked of the wards."""

from __future__ import annotations

from dataclasses import dataclass, field

from planning.commands import Command
from planning.queries import Query


@dataclass(frozen=True, slots=True)
class UploadWards(Command):
    """-> int: wards read. ``files`` by name (occupancy, stays, wards, planned; a single table may have any name) take the place of all
    that was there. Raises BadInput naming file, column and what was found."""

    files: dict[str, bytes] = field(repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True)
class BedsPage(Query):
    """-> BedsView."""
