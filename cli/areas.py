"""Which module holds an area's commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from cli.imaging import Solving
    from cli.opening import Ask


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
