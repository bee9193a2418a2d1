"""What the kernel needs to know of any area's problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from hospital.clock import Clock
from scheduler.kernel.plan import Place
from scheduler.kernel.rule import Rule


class Problem(Protocol):
    """A frozen, complete, checked input. Tasks and resources are indices; their ids are what people know."""

    @property
    def clock(self) -> Clock:
        """The horizon."""

    @property
    def task_ids(self) -> Sequence[str]:
        """Id of each task."""

    @property
    def resource_ids(self) -> Sequence[str]:
        """Id of each resource."""

    @property
    def durations(self) -> Sequence[int]:
        """Minutes of each task, a multiple of the grid."""

    @property
    def frozen(self) -> Mapping[int, Place]:
        """History: tasks that stay where they are whatever a rule says. A hard match among frozen tasks alone is not a violation."""

    @property
    def reference(self) -> Mapping[int, Place]:
        """The plan in force, from which moves are counted."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The area's rules, hard ones first."""
