"""A rule: one idea with three faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``id`` and ``source`` are the statement (its sentence is ``rules.<id>`` in the catalogues), ``post`` says it to any Model,
    ``check`` finds in any plan, without a solver, each place where it is broken or felt.

    ``post(problem, model)`` admits exactly the plans in which ``check(problem, plan)`` finds no hard match, and prices a plan exactly
    as the matches of a soft rule do.
    """

    id: str
    source: str
    is_hard: bool
    post: Callable[[Any, Model], None]
    check: Callable[[Any, Plan], Iterable[Match]]
