"""What an area's plan page says and shows of its own; everything else is the same for every area."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dashboard.components.basics import Child
from dashboard.i18n import Words
from dashboard.pages.plan.here import area_here
from planning.views import AppointmentView, PlanPage, RequestView


def _nothing(*_: Any) -> list[Child]:
    return []


def _few(figures: Mapping[str, Any]) -> dict[str, float]:
    return {"fig_moved": figures.get("num_moved", 0)}


@dataclass(frozen=True, kw_only=True)
class Face:
    """An area's own parts of the page.

    ``classes`` are the kinds of request, told apart by badges; ``headline`` is the first line in words; ``tiles`` the row of figures and
    ``explained`` what one of them means; ``line`` stands beside request and patient; ``facts`` is what is known of a request beyond times;
    ``find`` what the search box looks into. ``paper`` gives the headings of the day's print and ``paper_cells`` a row of it. ``picture``
    stands in the place of the timeline; ``buttons`` and ``dialogs`` are for what may happen in the area; ``sections`` stand in the panel of
    one visit; ``compared`` are the figures, by text, that two versions are compared by.
    """

    classes: tuple[str, ...]
    headline: Callable[[PlanPage, str], str]
    tiles: Callable[[PlanPage, str], list[Child]]
    explained: Callable[[str, PlanPage, str], list[Child]]
    line: Callable[[RequestView, str], str]
    facts: Callable[[RequestView, Words], Sequence[tuple[str, Child]]]
    find: Callable[[RequestView, str], str]
    paper: Sequence[str]
    paper_cells: Callable[[AppointmentView, PlanPage, Words], Sequence[str]]
    picture: Callable[[PlanPage, Words], Child] | None = None
    buttons: Callable[[Words], list[Child]] = _nothing
    dialogs: Callable[[Words, PlanPage], list[Child]] = _nothing
    sections: Callable[[PlanPage, str, str], list[Child]] = _nothing
    compared: Callable[[Mapping[str, Any]], dict[str, float]] = _few


_MODULES: Mapping[str, str] = {
    "imaging": "dashboard.pages.imaging.face",
    "radiotherapy": "dashboard.pages.treatment.face",
    "dialysis": "dashboard.pages.dialysis.face",
}


def face_here() -> Face:
    """The face of the area whose page is at hand."""
    found: Face = import_module(_MODULES[area_here()]).FACE
    return found
