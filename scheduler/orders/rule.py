"""A rule of the orders area: one idea with three faces, as in the other areas, over whole packs instead of places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hospital.facts import Match
from scheduler.orders.choices import Case

if TYPE_CHECKING:
    from scheduler.orders.program import Program

Packs = tuple[int, ...]
"""Packs of each item, in the order of the problem's items: what a plan is here."""


@dataclass(frozen=True, kw_only=True)
class OrderRule:
    """``id`` and ``source`` are the statement (its sentence is ``rules.<id>``).

    ``post`` says it to the program over the quantities that are offered; ``check`` finds in any quantities, without a solver,
    where it is broken or felt.
    """

    id: str
    source: str
    is_hard: bool
    post: Callable[[Case, Program], None]
    check: Callable[[Case, Packs], Iterable[Match]]
