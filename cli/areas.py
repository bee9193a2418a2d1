"""Which module holds an area's commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from cli.imaging import Solving
    from cli.opening import Ask, Opened
    from hospital.facts import Fact
    from hospital.plans import Appointment
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import RunLog
    from scheduler.kernel.plan import Plan
    from scheduler.kernel.verify import VerifiedPlan


class Commands(Protocol):
    """What every area answers at the terminal."""

    def solve(self, ask: Ask, how: Solving) -> None:
        """Plan the folder."""

    def replan(self, ask: Ask, how: Solving) -> None:
        """Plan again after changes."""

    def check(self, ask: Ask, plan_file: Path, *, as_json: bool) -> int:
        """Check a plan against every hard rule."""

    def slots(self, ask: Ask, plan_file: Path, request: str, *, count: int, max_moved: int, as_json: bool) -> None:
        """The cheapest places of one request."""

    def opened(self, ask: Ask) -> Opened[Any, Any]:
        """The folder's site and the problem it makes. Raises BadInput."""

    def verified_plan(self, there: Opened[Any, Any], plan_file: Path) -> VerifiedPlan:
        """The plan of the file, verified; a broken one ends the command."""

    def facts(self, plan: VerifiedPlan, request: str) -> Sequence[Fact]:
        """Why a request is where it is."""

    def forced(
        self, plan: VerifiedPlan, request: str, *, resource: str | None, start: datetime | None, seconds: float
    ) -> WhyNot:
        """The request elsewhere, solved again."""

    def taken_again(self, problem: Any, log: RunLog, *, min_changes: bool) -> VerifiedPlan:
        """The plan of the run that kept this log."""

    def rows(self, problem: Any, plan: Plan) -> Sequence[Appointment]:
        """The plan's appointments."""

    def figures(self, problem: Any, plan: Plan) -> dict[str, Any]:
        """The figures people know the area by."""


def commands_of(area: str) -> Commands:
    """The area's commands; imaging's for any other name, which then say that there is no such area."""
    if area == "radiotherapy":
        from cli import radiotherapy

        return cast(Commands, radiotherapy)
    if area == "dialysis":
        from cli import dialysis

        return cast(Commands, dialysis)
    from cli import imaging

    return cast(Commands, imaging)
